// The standard headers that most files include, parsed once per library instead of once per file.
// Precompiled for every target (cmake/compiler.cmake). A file still includes what it uses: the
// project must build with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON.
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
