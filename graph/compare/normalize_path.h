// A file's path as every machine would have it.
#ifndef PROF2CG_GRAPH_COMPARE_NORMALIZE_PATH_H_
#define PROF2CG_GRAPH_COMPARE_NORMALIZE_PATH_H_

#include <string>
#include <string_view>

namespace prof2cg {

// The path without what depends on where Python and its packages lie:
//
//  - of Windows (with a drive, or backslashes alone), with slashes;
//  - behind the first site-packages, or dist-packages as Debian has it:
//    "/venv/lib/python3.12/site-packages/yaml/nodes.py" is
//    "site-packages/yaml/nodes.py", and so it is where yaml lies in a folder or
//    file "PyYAML-6.0-py3.11.egg";
//  - of Python's own library, in folders, in python312.zip or, on Windows, in
//    Python312\Lib: "/usr/lib/python3.12/json/decoder.py" is
//    "lib/python/json/decoder.py".
//
// Any other path stays. Normalizing twice changes nothing. O(length).
std::string NormalizePath(std::string_view path);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_NORMALIZE_PATH_H_
