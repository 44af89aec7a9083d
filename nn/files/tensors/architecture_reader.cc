// The Archive (nn/files/tensors/model_fields.h) that reads JSON. The JSON may be hostile.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "nn/files/bytes/bounded_json.h"
#include "nn/files/bytes/token_reader.h"
#include "nn/files/tensors/architecture.h"
#include "nn/files/tensors/architecture_words.h"
#include "nn/files/tensors/tower_fields.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;

/// State shared by all readers of one text. It keeps the first error; values read after it have no
/// meaning.
struct Reading {
  bool is_tower = false;  // the model is a TowerModel; if false, a Model
  Model model;
  const TensorSource& source;
  int nesting = 0;  // depth of nested blocks
  std::string error;
};

/// Reads one JSON object. Unknown keys are an error, as they may change the meaning of the model.
class ArchitectureReader {
 public:
  ArchitectureReader(Reading& reading, const json& object, std::string path)
      : reading_(reading), object_(object), path_(std::move(path)) {
    if (!object_.is_object()) fail("is not an object");
  }

  const Model& model() const { return reading_.model; }

  void word(const std::string& key, std::string& text) {
    const json* value = find(key);
    if (value == nullptr) return;
    if (!value->is_string()) return fail(key, "is not a name");
    text = value->get<std::string>();
    bool good = !text.empty() && text.size() <= kMaxWord;
    for (const char c : text) good = good && is_word_character(c);
    if (!good) fail(key, "is not a name of 1 to 256 ASCII characters without blanks");
  }
  void number(const std::string& key, int& number, int low, int high) {
    const json* value = find(key);
    if (value == nullptr) return;
    const bool large = value->is_number_unsigned() &&
                       value->get<std::uint64_t>() > static_cast<std::uint64_t>(high);
    if (!value->is_number_integer() || large || value->get<std::int64_t>() < low ||
        value->get<std::int64_t>() > high) {
      return fail(key, "is " + printable(value->dump()) + ", expected an integer from " +
                           std::to_string(low) + " to " + std::to_string(high));
    }
    number = value->get<int>();
  }
  void real(const std::string& key, float& number) {
    const json* value = find(key);
    if (value == nullptr) return;
    number = value->is_number() ? value->get<float>() : 0;
    if (!std::isfinite(number) || number <= 0) fail(key, "is not a positive number");
  }
  void flag(const std::string& key, bool& flag) {
    const json* value = find(key);
    if (value == nullptr) return;
    if (!value->is_boolean()) return fail(key, "is neither true nor false");
    flag = value->get<bool>();
  }
  void activation(const std::string& key, Activation& activation) {
    std::string name;
    word(key, name);
    for (const Activation known : kActivations) {
      if (name == name_of(known)) {
        activation = known;
        const bool relu_only = !reading_.is_tower && model().version < 11;
        if (relu_only && known != Activation::kRelu)
          fail(key, "is " + name + ", and versions before 11 have only relu");
        return;
      }
    }
    fail(key, "is '" + printable(name) + "', an unknown activation");
  }
  void choice(const std::string& key, int& value, std::initializer_list<const char*> names) {
    std::string text;
    word(key, text);
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) return fail(key, "is '" + printable(text) + "', which is unknown");
    value = static_cast<int>(found - names.begin());
  }
  void encoder(const std::string& key) {
    std::string name;
    word(key, name);
    if (failed() || name == encoder_of(model().version)) return;
    fail(key, "is '" + printable(name) + "', which is unknown for nets of version " +
                  std::to_string(model().version) + ": it has to be '" +
                  encoder_of(model().version) + "'");
  }
  void encoder(const std::string& key, Encoder& encoder) {
    std::string name;
    word(key, name);
    if (failed()) return;
    const auto known = parse_encoder(name);
    if (!known || *known == Encoder::kKataGoV7)
      return fail(key, "is '" + printable(name) +
                           "', which is unknown for nets of this kind: it has to be "
                           "'leela-zero', 'alphago-zero' or 'alphago'");
    encoder = *known;
  }
  void tensor(const std::string& key, std::vector<float>& values, TensorSpec spec) {
    if (failed()) return;
    const std::int64_t patch = std::int64_t{spec.height} * spec.width * spec.in;
    if (spec.kind == TensorKind::kKernel && (spec.height % 2 == 0 || spec.width % 2 == 0))
      return fail(key, "has a kernel with an even side");
    if (patch > ModelLimits::kPatch || patch * spec.out > ModelLimits::kLayerWeights)
      return fail(key, "is too large");
    spec.path = path_ + key;
    values = reading_.source(spec);
  }
  template <typename Part>
  void part(const std::string& key, Part& part) {
    if (const json* value = find(key)) read(*value, path_ + key + '.', part);
  }
  template <typename Part>
  void optional_part(const std::string& key, std::shared_ptr<const Part>& pointer) {
    Part made;
    part(key, made);
    pointer = std::make_shared<const Part>(std::move(made));
  }
  template <typename AnyBlock>
  void blocks(const std::string& key, std::vector<AnyBlock>& all) {
    const json* value = find(key);
    if (value == nullptr) return;
    const std::size_t least = std::is_same_v<AnyBlock, Block> ? 1 : 0;
    if (!value->is_array() || value->size() < least || value->size() > ModelLimits::kBlocks)
      return fail(key, "is not a list of " + std::to_string(least) + " to " +
                           std::to_string(ModelLimits::kBlocks) + " blocks");
    for (std::size_t i = 0; i < value->size() && !failed(); ++i) {
      ArchitectureReader inner(reading_, (*value)[i], path_ + key + '.' + std::to_string(i) + '.');
      inner.block(all);
    }
  }
  /// Called after all fields: refuses keys that were not read.
  void finish() {
    if (failed() || asked_ == object_.size()) return;
    fail("has something that this version does not know");
  }

 private:
  bool failed() const { return !reading_.error.empty(); }
  void fail(const std::string& what) {
    if (failed()) return;
    const std::string place = path_.empty() ? "it" : path_.substr(0, path_.size() - 1);
    reading_.error = "in its architecture, '" + printable(place) + "' " + what;
  }
  void fail(const std::string& key, const std::string& what) {
    if (!failed()) reading_.error = "in its architecture, '" + path_ + key + "' " + what;
  }
  const json* find(const std::string& key) {
    if (failed()) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) {
      fail(key, "is missing");
      return nullptr;
    }
    ++asked_;
    return &*found;
  }
  template <typename Part>
  void read(const json& object, const std::string& path, Part& part) {
    ArchitectureReader inner(reading_, object, path);
    fields(inner, part);
    inner.finish();
  }
  template <typename Kind>
  Kind whole() {
    Kind made;
    fields(*this, made);
    finish();
    return made;
  }
  void block(std::vector<TowerBlock>& all) {
    std::string kind;
    word("kind", kind);
    if (failed()) return;
    if (kind == kBlockKind<ConvUnit>) {
      all.emplace_back(whole<ConvUnit>());
    } else if (kind == kBlockKind<TowerResidualBlock>) {
      all.emplace_back(whole<TowerResidualBlock>());
    } else {
      fail("is a block of the unknown kind '" + printable(kind) + "'");
    }
  }
  void block(std::vector<Block>& all) {
    std::string kind;
    word("kind", kind);
    if (failed()) return;
    if (kind == kBlockKind<ResidualBlock>) {
      all.emplace_back(whole<ResidualBlock>());
    } else if (kind == kBlockKind<GlobalPoolingBlock>) {
      all.emplace_back(whole<GlobalPoolingBlock>());
    } else if (kind == kBlockKind<TransformerAttentionBlock>) {
      all.emplace_back(whole<TransformerAttentionBlock>());
    } else if (kind == kBlockKind<TransformerFeedForwardBlock>) {
      all.emplace_back(whole<TransformerFeedForwardBlock>());
    } else if (kind == kBlockKind<NestedBlock>) {
      if (reading_.nesting == ModelLimits::kNesting) return fail("is nested too deep");
      ++reading_.nesting;
      all.emplace_back(std::make_shared<const NestedBlock>(whole<NestedBlock>()));
      --reading_.nesting;
    } else {
      fail("is a block of the unknown kind '" + printable(kind) + "'");
    }
  }

  Reading& reading_;
  const json& object_;
  std::string path_;  // path of the object, ending in a dot
  std::size_t asked_ = 0;
};

}  // namespace

Result<AnyModel> model_of_architecture(const std::string& text, const TensorSource& source) {
  const Result<json> object = parse_bounded_json(text);
  if (!object) return Error{"its architecture " + object.error().message};
  const bool is_tower = object->is_object() && object->contains(kTowerMark);
  Reading reading{is_tower, {}, source, 0, {}};
  ArchitectureReader reader(reading, *object, "");
  TowerModel tower;
  if (reading.is_tower)
    fields(reader, tower);
  else
    fields(reader, reading.model);
  reader.finish();
  if (!reading.error.empty()) return Error{reading.error};
  if (reading.is_tower) return AnyModel(std::move(tower));
  return AnyModel(std::move(reading.model));
}

}  // namespace ponnuki::nn
