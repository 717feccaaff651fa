// Text of a profile in GitHub's Markdown, which it cannot get out of: no
// markup, link, mention (@name) or reference (#123) comes alive, in tables
// neither.
#ifndef PROF2CG_CONVERTER_DIFF_MARKDOWN_TEXT_H_
#define PROF2CG_CONVERTER_DIFF_MARKDOWN_TEXT_H_

#include <string>
#include <string_view>

namespace prof2cg {

// Printable(text). Outside of code GitHub looks for mentions in what markup
// leaves of the text, so a zero-width space stands after each @ and #.
std::string MarkdownText(std::string_view text);

// The same as code. A span of backquotes would do, but for | in tables.
std::string MarkdownCode(std::string_view text);

// A sentence whose names stand between backquotes (words.h): these as code.
std::string MarkdownSentence(std::string_view sentence);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_MARKDOWN_TEXT_H_
