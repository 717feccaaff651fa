#include "converter/names/python_package.h"

#include <boost/test/unit_test.hpp>
#include <string_view>
#include <vector>

namespace prof2cg {
namespace {

// The home folder of the superuser, on any machine.
const std::string kRootHome = "/root";

struct Row {
  std::string file;
  std::string_view package;
};

void CheckRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    BOOST_TEST(PythonPackage(row.file) == row.package, row.file);
  }
}

BOOST_AUTO_TEST_SUITE(Package)

BOOST_AUTO_TEST_CASE(InSitePackagesIsTheFoldersBelow) {
  CheckRows({
      {"/usr/lib/python3/dist-packages/apt/progress/text.py", "apt.progress"},
      {"/usr/local/lib/python3.11/site-packages/django/db/models/base.py",
       "django.db.models"},
      {"/usr/lib64/python3.9/site-packages/numpy/__init__.py", "numpy"},
      {"/home/dev/app/venv/lib/python3.12/site-packages/pip/_vendor/six.py",
       "pip._vendor"},
      {"/home/dev/.local/lib/python3.8/site-packages/flask/app.py", "flask"},
      {kRootHome +
           "/miniconda3/envs/ml/lib/python3.10/site-packages/torch/nn/f.py",
       "torch.nn"},
      {"/opt/pypy3.10-v7.3.12-linux64/lib/pypy3.10/site-packages/a/b.py", "a"},
      {"site-packages/requests/api.py", "requests"},
  });
}

BOOST_AUTO_TEST_CASE(OfAModuleAloneInSitePackagesIsTheModule) {
  CheckRows({
      {"/usr/lib/python3/dist-packages/six.py", "six"},
      {"/usr/lib/python3/dist-packages/_cffi.cpython-311-x86_64-linux-gnu.so",
       "_cffi"},
      {"/usr/lib/python3/dist-packages/.hidden.py", ".hidden"},
  });
}

BOOST_AUTO_TEST_CASE(InTheStandardLibraryIsTheFoldersBelow) {
  CheckRows({
      {"/usr/lib/python3.11/email/mime/text.py", "email.mime"},
      {"/usr/lib/python2.7/json/decoder.py", "json"},
      {"/usr/lib64/python3.6/asyncio/events.py", "asyncio"},
      {"/home/dev/.pyenv/versions/3.13.0/lib/python3.13t/json/scanner.py",
       "json"},
      {"/nix/store/abc-python3-3.11.6/lib/python3.11/xml/sax/handler.py",
       "xml.sax"},
      {"/Library/Frameworks/Python.framework/Versions/3.11/lib/python3.11/"
       "unittest/case.py",
       "unittest"},
      {"/opt/homebrew/Cellar/python@3.12/3.12.1/Frameworks/Python.framework/"
       "Versions/3.12/lib/python3.12/logging/__init__.py",
       "logging"},
      {"/home/dev/cpython/Lib/importlib/_bootstrap.py", "importlib"},
      {"/opt/pypy3.10-v7.3.12-linux64/lib/pypy3.10/json/decoder.py", "json"},
      {"/usr/lib/pypy3/lib-python/3/json/decoder.py", "json"},
      {"/opt/pypy-5.0/lib-python/2.7/json/decoder.py", "json"},
      {"/opt/pypy-5.0/lib_pypy/pyrepl/reader.py", "pyrepl"},
  });
}

// Which have no version; elsewhere such a folder is anyone's.
BOOST_AUTO_TEST_CASE(FilesOfSnapshotsHaveThePackagesThatTheyWereMadeOf) {
  CheckRows({
      {"lib/python/json/decoder.py", "json"},
      {"lib/python/os.py", "<stdlib>"},
      {"lib/python/lib-dynload/_json.so", "<stdlib>"},
      {"site-packages/yaml/nodes.py", "yaml"},
      {"/srv/lib/python/json/decoder.py", "srv.lib.python.json"},
      {"app/lib/python/json/decoder.py", "app.lib.python.json"},
  });
}

BOOST_AUTO_TEST_CASE(OfAModuleAtTheTopOfTheStandardLibraryIsStdlib) {
  CheckRows({
      {"/usr/lib/python3.11/argparse.py", "<stdlib>"},
      {"/usr/lib/python3.11/lib-dynload/_json.cpython-311-darwin.so",
       "<stdlib>"},
      {"/usr/lib/pypy3/lib-python/3/argparse.py", "<stdlib>"},
      {"/opt/pypy-5.0/lib_pypy/_ctypes.py", "<stdlib>"},
      {"/usr/lib/python311.zip/argparse.py", "<stdlib>"},
  });
}

BOOST_AUTO_TEST_CASE(OfWhatOnlyLooksLikeALibraryIsItsFolders) {
  CheckRows({
      {"/home/dev/library/python3-examples/a.py", "library.python3-examples"},
      {"/home/dev/lib/python-tools/a.py", "lib.python-tools"},
      {"/home/dev/python3.11/scripts/a.py", "python3.11.scripts"},
      {"/home/dev/app/lib/models.py", "app.lib"},
      {"/home/dev/app/site-packages-old/a.py", "app.site-packages-old"},
  });
}

BOOST_AUTO_TEST_CASE(OnWindowsIsAsElsewhere) {
  CheckRows({
      {R"(C:\Python311\Lib\json\decoder.py)", "json"},
      {R"(C:\Python27\lib\json\decoder.py)", "json"},
      {R"(c:\python36\lib\argparse.py)", "<stdlib>"},
      {R"(C:\Program Files\Python39\lib\site-packages\six.py)", "six"},
      {R"(C:\Users\Ann Lee\AppData\Local\Programs\Python\Python38-32\lib\re.py)",
       "<stdlib>"},
      {R"(C:\Users\ann\Anaconda3\lib\email\mime\text.py)", "email.mime"},
      {R"(C:\ProgramData\Miniconda3\envs\web\lib\ssl.py)", "<stdlib>"},
      {R"(D:\work\venv\lib\site-packages\flask\app.py)", "flask"},
      {R"(C:\Users\ann\AppData\Roaming\Python\Python311\site-packages\a\b.py)",
       "a"},
      {R"(C:\app\python311.zip\json\decoder.py)", "json"},
      {R"(C:\Users\ann\shop\api\views.py)", "shop.api"},
      {R"(c:\users\ann\shop\api\views.py)", "shop.api"},
      {"C:/Users/ann/shop/api/views.py", "shop.api"},
      {R"(D:\work\shop\lib\util.py)", "work.shop.lib"},
      {R"(\\server\share\shop\views.py)", "server.share.shop"},
  });
}

BOOST_AUTO_TEST_CASE(InAnArchiveIsTheFoldersBelow) {
  CheckRows({
      {"/usr/lib/python3/dist-packages/a-1.0-py3.8.egg/foo/bar/baz.py",
       "foo.bar"},
      {"/usr/lib/python3/dist-packages/six-1.16-py3.11.egg/six.py", "six"},
      {"/home/dev/shop.zip/shop/api/views.py", "shop.api"},
      {"/home/dev/shop.pyz/__main__.py", "__main__"},
      {"/home/dev/pip-24.0-py3-none-any.whl/pip/_internal/main.py",
       "pip._internal"},
      {"/srv/shop.pex/shop/run.py", "shop"},
  });
}

BOOST_AUTO_TEST_CASE(OfAProgramIsTheFoldersBelowHome) {
  CheckRows({
      {"/home/dev/app/src/api/models.py", "app.src.api"},
      {"/Users/dev/app/models.py", "app"},
      {kRootHome + "/app/models.py", "app"},
      {"/srv/www/app/models.py", "srv.www.app"},
      {"/home/models.py", "home"},
      {"src/api/models.py", "src.api"},
      {"./src//api/models.py", "src.api"},
      {"/home/dev/app/bin/../src/models.py", "app.src"},
      {"../src/models.py", "src"},
      {"home/views/index.py", "home.views"},  // a program's own folders
      {"root/views/index.py", "root.views"},
  });
}

BOOST_AUTO_TEST_CASE(OfAFileInNoFolderIsMain) {
  CheckRows({
      {"script.py", "__main__"},
      {"./script.py", "__main__"},
      {"../script.py", "__main__"},
      {"/script.py", "__main__"},
      {R"(C:\script.py)", "__main__"},
      {"/home/dev/script.py", "__main__"},
      {kRootHome + "/script.py", "__main__"},
      {R"(C:\Users\ann\script.py)", "__main__"},
  });
}

BOOST_AUTO_TEST_CASE(OfWhatHasNoFileIsItsKind) {
  CheckRows({
      {"~", "<built-in>"},
      {"", "<built-in>"},
      {"<frozen importlib._bootstrap>", "<frozen>"},
      {"<frozen os>", "<frozen>"},
      {"<string>", "<string>"},
      {"<stdin>", "<stdin>"},
      {"<unknown>", "<unknown>"},
      {"<__array_function__ internals>", "<__array_function__>"},
      {"<attrs generated init shop.models.Item>", "<attrs>"},
      {"<doctest shop.models[3]>", "<doctest>"},
      {"<decorator-gen-57>", "<decorator-gen>"},
      {"<ipython-input-3-0b1ee5a7a4a1>", "<ipython-input>"},
      {"<eval_with_key>.12", "<eval_with_key>"},
      {"<eval_with_key>.3 from /srv/shop/net.py:7 in forward",
       "<eval_with_key>"},
  });
}

// Nonsense names a group, too: any but the empty one, on one line.
BOOST_AUTO_TEST_CASE(IsNeverEmpty) {
  for (const std::string_view file : {"/",
                                      "//",
                                      "\\",
                                      ".",
                                      "..",
                                      "/..",
                                      "/../..",
                                      "C:",
                                      "C:\\",
                                      "C:\\..",
                                      "<",
                                      ">",
                                      "<>",
                                      "< >",
                                      "<-1>",
                                      "/home",
                                      "/home/",
                                      "/home/dev",
                                      "/root",
                                      "/usr/lib/python3.11",
                                      "/usr/lib/python3.11/",
                                      "site-packages",
                                      "site-packages/",
                                      "site-packages/.",
                                      "a.zip",
                                      "a.zip/",
                                      "a.zip/..",
                                      "Lib",
                                      "Lib/",
                                      "/Users/a/..",
                                      "~/",
                                      "\xff/\xfe/x.py",
                                      "a/ /b"}) {
    BOOST_TEST(!PythonPackage(file).empty(), file);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
