#include "converter/names/wrap.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(Wrap)

// Made by gprof2dot's wrapping of the same names under CPython 3.11.
BOOST_AUTO_TEST_CASE(LongNamesBreakAsPythonsTextwrapBreaksThem) {
  const struct {
    const char* name;
    const char* wrapped;
  } rows[] = {
      {"main", "main"},
      {"a, b", "a,b"},
      {"x<y<z> > >", "x<y<z>>>"},
      {"decoder:20:decode", "decoder:20:decode"},
      {"~:0:<method 'append' of 'collections.deque' objects>",
       "~:0:<method 'append' of\n'collections.deque' objects>"},
      {"std::map<int, std::string, std::less<int>, std::allocator<int> "
       ">::find(int const&) const",
       "std::map<int,std::string,\nstd::less<int>,\nstd::allocator<int>>::find("
       "int\nconst&) const"},
      {"a-word-with-many-hyphens-that-goes-on-and-on-for-long",
       "a-word-with-many-hyphens-that-\ngoes-on-and-on-for-long"},
      {"x1-2y ab-cd 12-34 ab-12 a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p",
       "x1-2y ab-cd 12-34 ab-12 a-b-c-d-\ne-f-g-h-i-j-k-l-m-n-o-p"},
      {"averyveryverylongwordwithoutanyplacetobreakatall and more",
       "averyveryverylongwordwithoutanyplacetobreakatall\nand more"},
      {"  leading blanks stay on the first line of it all",
       "  leading blanks stay on the\nfirst line of it all"},
      {"trailing blanks are dropped at the end            ",
       "trailing blanks are dropped at\nthe end"},
      {"many      blanks      between      the      words      here",
       "many      blanks      between\nthe      words      here"},
      {"größe und länge und höhe und stärke und mehr",
       "größe und länge und höhe und\nstärke und mehr"},
      {"exactly thirty-two characters ok", "exactly thirty-two characters ok"},
      {"exactly thirty-three characters ok",
       "exactly thirty-three characters\nok"},
      {" averyveryverylongwordwithoutanyplacetobreakatall",
       "averyveryverylongwordwithoutanyplacetobreakatall"},
      {"<built-in method _frozen_importlib._find_and_load_unlocked>",
       "<built-in method\n_frozen_importlib._find_and_load_unlocked>"},
  };
  for (const auto& [name, wrapped] : rows)
    BOOST_TEST(WrapName(name) == wrapped);
}

BOOST_AUTO_TEST_CASE(ManyWordsCostNoMoreThanLength) {
  std::string words;
  for (int i = 0; i < 300'000; ++i) words += "ab ";
  BOOST_TEST(WrapName(words).find("ab ab ab ab ab ab ab ab ab ab ab\n") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
