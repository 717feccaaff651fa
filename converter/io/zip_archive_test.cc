#include "converter/io/zip_archive.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/zip_writer.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr size_t kLimit = 100'000;

// A member's text, or the line of the error.
std::string Read(std::string_view archive, const char* name) {
  try {
    return std::string(ZipArchive(archive).Read(name, kLimit).bytes());
  } catch (const Error& error) {
    return error.Line();
  }
}

BOOST_AUTO_TEST_SUITE(ZipArchives)

BOOST_AUTO_TEST_CASE(MembersAreFoundInAnyCase) {
  const std::string archive = Zip({{"A.txt", "stored", false},
                                   {"b.TXT", std::string(9000, 'x')},
                                   {"empty", ""}});
  BOOST_TEST(FirstZipMember(archive) == "A.txt");
  BOOST_TEST(Read(archive, "a.TXT") == "stored");
  BOOST_TEST(Read(archive, "B.txt") == std::string(9000, 'x'));
  BOOST_TEST(Read(archive, "empty") == "");
  BOOST_TEST(Read(archive, "c") == "c in the zip archive: there is none");
}

BOOST_AUTO_TEST_CASE(WhatHasNoMemberHasNoFirst) {
  const std::string archive = Zip({{"name", ""}});
  BOOST_TEST(FirstZipMember(archive.substr(0, 32)) == "na");
  BOOST_TEST(FirstZipMember(archive.substr(0, 29)) == "");
  BOOST_TEST(FirstZipMember(Zip({})) == "");
  BOOST_TEST(FirstZipMember("") == "");
}

BOOST_AUTO_TEST_CASE(MembersBeyondTheLimitAreRefused) {
  const std::string archive = Zip({{"least", std::string(kLimit, 'x')},
                                   {"most", std::string(kLimit + 1, 'x')},
                                   {"bomb", std::string(50'000'000, 'x')}});
  BOOST_TEST(Read(archive, "least").size() == kLimit);
  for (const char* name : {"most", "bomb"}) {
    BOOST_TEST(Read(archive, name) ==
               std::string(name) +
                   " in the zip archive: inflates to more than 100000 bytes, "
                   "refused as a likely bomb");
  }
}

// Every cut, and every byte of it changed. To libzip, no bytes at all are an
// archive without members.
BOOST_AUTO_TEST_CASE(DamageIsToldOrChangesNothing) {
  const std::string text = "some text, some text, some more text";
  const std::string archive = Zip({{"a", text}});
  for (size_t size = 1; size < archive.size(); ++size) {
    BOOST_TEST(Read(archive.substr(0, size), "a").starts_with("damaged zip"));
  }
  for (size_t i = 0; i < archive.size(); ++i) {
    std::string damaged = archive;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
    const std::string read = Read(damaged, "a");
    BOOST_TEST((read == text || read.find("zip archive") != read.npos), read);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
