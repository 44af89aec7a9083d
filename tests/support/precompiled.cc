// The precompiled header of the tests (tests/CMakeLists.txt) is compiled along with this file.
