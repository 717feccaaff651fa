// The package that a Python file belongs to, told from its path alone.
#ifndef PROF2CG_CONVERTER_NAMES_PYTHON_PACKAGE_H_
#define PROF2CG_CONVERTER_NAMES_PYTHON_PACKAGE_H_

#include <string>
#include <string_view>

namespace prof2cg {

// A name for grouping, a pure function of the path so that the same file has
// the same package in every profile:
//
//   /usr/lib/python3.11/email/mime/text.py        email.mime
//   …/site-packages/django/db/models/base.py      django.db.models
//   …/site-packages/six.py                        six
//   …/six-1.16-py3.11.egg/six.py (zip, whl, …)    six
//   /usr/lib/python3.11/argparse.py               <stdlib>
//   lib/python/json/decoder.py (of a snapshot)    json
//   /home/dev/app/src/api/models.py               app.src.api
//   script.py, /home/dev/script.py                __main__
//   ~ and "" (built-ins)                          <built-in>
//   <frozen importlib._bootstrap>                 <frozen>
//   <string>                                      <string>
//   <attrs generated init shop.models.Item>       <attrs>
//   <ipython-input-3-0b1ee5a7a4a1>                <ipython-input>
//
// Under no known library the folders count from below the home folder on.
// Backslashes separate folders too. Never empty.
std::string PythonPackage(std::string_view file);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_PYTHON_PACKAGE_H_
