#include "cli/net/target.h"

#include <array>
#include <ostream>
#include <string_view>
#include <vector>

#include "engine/file.h"
#include "nn/convert/model_convert.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/files/tensors/container.h"

namespace ponnuki::cli {
namespace {

using Kind = NetTarget::Kind;

struct Suffix {
  std::string_view text;
  NetTarget target;
};
constexpr std::array<Suffix, 6> kSuffixes = {{
    {".bin.gz", {Kind::kKatago, {true, true}}},
    {".bin", {Kind::kKatago, {true, false}}},
    {".txt.gz", {Kind::kKatago, {false, true}}},
    {".txt", {Kind::kKatago, {false, false}}},
    {".safetensors", {Kind::kOwn, {}}},
    {".onnx", {Kind::kOnnx, {}}},
}};

const Suffix* suffix_of(const std::string& path) {
  for (const Suffix& suffix : kSuffixes)
    if (path.ends_with(suffix.text)) return &suffix;
  return nullptr;
}

Kind kind_of(const std::string& to) {
  return to == "onnx" ? Kind::kOnnx : to == "ponnuki" ? Kind::kOwn : Kind::kKatago;
}

Result<std::string> bytes_of(const nn::TowerModel& model, const NetTarget& target,
                             std::vector<std::string>& /*notes*/) {
  if (target.kind == Kind::kOwn) return nn::container_to_bytes(model);
  return Error{"nets of Leela Zero's and AlphaGo's kind are written as .safetensors only"};
}

Result<std::string> bytes_of(const nn::Model& model, const NetTarget& target,
                             std::vector<std::string>& notes) {
  if (target.kind == Kind::kOwn) return nn::container_to_bytes(model);
  if (target.kind == Kind::kOnnx) return nn::onnx_to_bytes(model);
  PONNUKI_TRY(auto result,
              nn::convert_for_katago(model, target.version > 0 ? target.version : model.version));
  notes = std::move(result.notes);
  return nn::model_to_bytes(result.model, target.format);
}

}  // namespace

Result<NetTarget> net_target(const std::string& path, const std::string& to, bool text) {
  const Suffix* suffix = suffix_of(path);
  if (suffix == nullptr && to.empty()) {
    return Error{path +
                 ": its name does not say what kind of file to write: end it in .bin.gz, "
                 ".bin, .txt.gz, .txt, .safetensors or .onnx"};
  }
  NetTarget target = suffix != nullptr ? suffix->target : NetTarget{kind_of(to), {!text, true}};
  if (!to.empty() && kind_of(to) != target.kind)
    return Error{path + ": --to " + to + " writes another kind of file than its name says"};
  if (to.starts_with("katago")) target.version = std::stoi(to.substr(6));
  if (text && (target.kind != Kind::kKatago || target.format.binary))
    return Error{path + ": --text is for KataGo's files only: call it .txt or .txt.gz"};
  return target;
}

Result<int> write_net(const nn::AnyModel& model, const NetTarget& target, const std::string& path,
                      Streams& streams, const std::string& remark) {
  std::vector<std::string> notes;
  const auto bytes =
      std::visit([&](const auto& net) { return bytes_of(net, target, notes); }, model);
  if (!bytes) return bytes.error();
  if (const Status status = write_file_atomically(path, *bytes); !status)
    return failed(status.error(), streams);
  for (const std::string& note : notes) streams.out << note << '\n';
  streams.out << path << ": " << bytes->size() << " bytes" << remark << '\n';
  return kExitOk;
}

}  // namespace ponnuki::cli
