// The Archive (nn/files/tensors/model_fields.h) that writes JSON and lists tensors.
#include <nlohmann/json.hpp>

#include "nn/files/tensors/architecture.h"
#include "nn/files/tensors/architecture_words.h"
#include "nn/files/tensors/tower_fields.h"

namespace ponnuki::nn {
namespace {

using nlohmann::ordered_json;

/// Writes one JSON object. Each part becomes an object of its own.
class ArchitectureWriter {
 public:
  /// `model` is null for towers, whose fields do not depend on it.
  ArchitectureWriter(const Model* model, std::string path, std::vector<ModelTensor>& tensors)
      : model_(model), path_(std::move(path)), tensors_(tensors) {}

  const Model& model() const { return *model_; }
  ordered_json take() { return std::move(object_); }

  // Names in KataGo's files may consist of any bytes but blanks; in JSON they are ASCII.
  void word(const char* key, const std::string& text) {
    std::string clean = text;
    for (char& c : clean) c = is_word_character(c) ? c : '?';
    object_[key] = clean;
  }
  void number(const char* key, int value, int, int) { object_[key] = value; }
  void real(const char* key, float value) { object_[key] = value; }
  void flag(const std::string& key, bool value) { object_[key] = value; }
  void activation(const char* key, Activation value) { object_[key] = name_of(value); }
  void choice(const char* key, int value, std::initializer_list<const char*> names) {
    object_[key] = names.begin()[value];
  }
  void encoder(const char* key) { object_[key] = encoder_of(model_->version); }
  void encoder(const char* key, Encoder value) { object_[key] = to_string(value); }
  void tensor(const char* key, const std::vector<float>& values, TensorSpec spec) {
    spec.path = path_ + key;
    tensors_.push_back({std::move(spec), &values});
  }
  template <typename Part>
  void part(const std::string& key, const Part& part) {
    object_[key] = written(path_ + key + '.', part);
  }
  template <typename Part>
  void optional_part(const char* key, const std::shared_ptr<const Part>& part) {
    this->part(key, *part);
  }
  template <typename AnyBlock>
  void blocks(const char* key, const std::vector<AnyBlock>& all) {
    object_[key] = ordered_json::array();
    for (const AnyBlock& one : all) {
      const std::string path = path_ + key + '.' + std::to_string(object_[key].size()) + '.';
      object_[key].push_back(std::visit([&](const auto& b) { return block(path, b); }, one));
    }
  }

 private:
  template <typename Part>
  ordered_json written(const std::string& path, const Part& part, const char* kind = nullptr) {
    ArchitectureWriter inner(model_, path, tensors_);
    if (kind != nullptr) inner.object_["kind"] = kind;
    fields(inner, part);
    return inner.take();
  }
  template <typename Kind>
  ordered_json block(const std::string& path, const Kind& block) {
    return written(path, block, kBlockKind<Kind>);
  }
  template <typename Kind>
  ordered_json block(const std::string& path, const std::shared_ptr<const Kind>& block) {
    return written(path, *block, kBlockKind<Kind>);
  }

  const Model* model_;
  std::string path_;  // path of the object, ending in a dot
  std::vector<ModelTensor>& tensors_;
  ordered_json object_ = ordered_json::object();
};

template <typename AnyKind>
Architecture written(const AnyKind& model, const Model* context) {
  Architecture architecture;
  ArchitectureWriter writer(context, "", architecture.tensors);
  fields(writer, model);
  architecture.text = writer.take().dump();
  return architecture;
}

}  // namespace

const char* encoder_of(int version) {
  if (version >= 8) return "katago-v7";
  if (version == 7) return "katago-v6";
  if (version == 6) return "katago-v5";
  return version == 5 ? "katago-v4" : "katago-v3";
}

Architecture architecture_of(const Model& model) { return written(model, &model); }
Architecture architecture_of(const TowerModel& model) { return written(model, nullptr); }

}  // namespace ponnuki::nn
