// Result<T>: a value, or an error of one line for the user that says what is wrong and what to do
// about it. Bad input returns an error; a broken invariant aborts the program (engine/check.h).
//
//     Result<Net> load(const std::string& path) {
//       PONNUKI_TRY(check_path(path));                      // a Status: returns its error
//       PONNUKI_TRY(const Bytes bytes, read_file(path));    // a Result: its value, or returns
//       auto net = parse(bytes);
//       if (!net) return net.error().in(path);              // "path: what is wrong"
//       return net;
//     }
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace ponnuki {

struct Error {
  std::string message;

  /// The same error with its place: "place: message".
  Error in(const std::string& place) const { return {place + ": " + message}; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  /// Requires ok().
  T& value() { return std::get<0>(state_); }
  const T& value() const { return std::get<0>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// Requires !ok().
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace ponnuki

/// PONNUKI_TRY(status) returns the error of a Status, if any, from the calling function.
/// PONNUKI_TRY(declaration, result) declares a variable with the value of a Result, or returns its
/// error.
#define PONNUKI_TRY(...) \
  PONNUKI_TRY_PICK(__VA_ARGS__, PONNUKI_TRY_VALUE, PONNUKI_TRY_STATUS, 0)(__VA_ARGS__)
#define PONNUKI_TRY_PICK(_1, _2, NAME, ...) NAME
#define PONNUKI_TRY_STATUS(status) \
  if (auto ponnuki_status = (status); !ponnuki_status) return ponnuki_status.error()
#define PONNUKI_TRY_VALUE(declaration, result) \
  PONNUKI_TRY_LINE(declaration, result, PONNUKI_TRY_NAME(ponnuki_result_, __LINE__))
// A declaration in parentheses would be none.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define PONNUKI_TRY_LINE(declaration, result, name) \
  auto name = (result);                             \
  if (!name) return name.error();                   \
  declaration = std::move(*name)
// NOLINTEND(bugprone-macro-parentheses)
#define PONNUKI_TRY_NAME(a, b) PONNUKI_TRY_JOIN(a, b)
#define PONNUKI_TRY_JOIN(a, b) a##b
