"""Text files as constants of C++."""

def embed_text(name, src):
    """Makes SRC.inc, one string literal of the text of `src`.

    Indentation, empty lines and those that are comments (//) only are left out.

    Args:
      name: of the target.
      src: the file.
    """
    native.genrule(
        name = name,
        srcs = [src],
        outs = [src + ".inc"],
        cmd = "(echo 'R\"embedded('; " +
              "sed -e 's/^ *//' -e '/^\\/\\//d' -e '/^$$/d' $<; " +
              "echo ')embedded\"') > $@",
    )
