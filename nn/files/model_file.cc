// The top level of KataGo's model files, the detection of the kind of file, and error messages of
// one line.
#include "nn/files/model_file.h"

#include <limits>

#include "nn/files/bytes/token_reader.h"
#include "nn/files/katago/model_read.h"
#include "nn/files/leela_zero_file.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/files/tensors/container.h"
#include "nn/files/tensors/safetensors.h"
#include "nn/model/model_check.h"

namespace ponnuki::nn {
namespace {

/// Reads the lines with which nets of all versions begin. Returns false if they are missing: the
/// file is not a KataGo net.
bool read_beginning(TokenReader& in, Model& model) {
  constexpr int kAny = std::numeric_limits<int>::max();
  model.name = in.word("the net's name");
  for (int* number : {&model.version, &model.spatial_planes, &model.global_features}) {
    if (!in.failed()) *number = in.integer("a number of the head", -kAny, kAny);
  }
  return !in.failed();
}

Error no_net(const std::string& name, const std::string& found) {
  return Error{
      name + ": this is not a KataGo net: a net begins with its name, its version and two " +
      "more numbers, a line each, but here " +
      (found.empty() ? "nothing" : "'" + printable(found) + "'") +
      " stands in their place; give a net file such as NAME.bin.gz, from katagotraining.org " +
      "for example"};
}

Error broken_net(const std::string& name, const std::string& what) {
  return Error{name + ": " + what + " (get the file again, or give another)"};
}

Status check_version(int version) {
  if (version >= kOldestModelVersion && version <= kNewestModelVersion) return {};
  return Error{"this is a net of version " + std::to_string(version) + ", which is not supported" +
               ": use one of version " + std::to_string(kOldestModelVersion) + " to " +
               std::to_string(kNewestModelVersion)};
}

// Seven positive numbers, one for each output that is not a probability. Older versions use the
// defaults.
PostProcess read_post_process(TokenReader& in) {
  PostProcess post;
  for (float* field :
       {&post.td_score, &post.score_mean, &post.score_stdev, &post.lead, &post.variance_time,
        &post.short_term_value_error, &post.short_term_score_error}) {
    *field = in.real("an output multiplier");
    if (!in.failed() && *field <= 0) in.fail("an output multiplier is not positive");
  }
  return post;
}

void check_inputs(TokenReader& in, const Model& model) {
  const auto check = [&](const std::string& what, int count) {
    if (count >= 1 && count <= ModelLimits::kChannels) return;
    in.fail("the number of " + what + " is " + std::to_string(count) + ", expected 1 to " +
            std::to_string(ModelLimits::kChannels));
  };
  check("input planes", model.spatial_planes);
  check("global inputs", model.global_features);
}

// [multipliers] [metadata version, pass-alive flag, six zeros]
void read_options(TokenReader& in, Model& model) {
  if (model.version >= 13) model.post = read_post_process(in);
  if (model.version >= 15) {
    model.metadata_version = in.integer("the metadata encoder's version", 0, 1);
    model.pass_alive_under_suicide = in.integer("the pass-alive flag", 0, 1) != 0;
    for (int i = 0; i < 6; ++i) in.integer("a reserved option of the model", 0, 0);
  }
}

void read_layers(TokenReader& in, Model& model) {
  ModelReader reader{in, model.version};
  if (!in.failed()) model.trunk = read_trunk(reader, model.metadata_version);
  if (!in.failed()) model.policy = read_policy_head(reader);
  if (!in.failed()) model.value = read_value_head(reader);
}

// Reads the beginning, the trunk and the heads, then to the end of the stream, where gzip's
// checksum is, and checks the shapes last. The version is read before everything that depends on
// it, so that the error for a net of an unsupported version names the version.
Result<Model> parse_katago(ByteStream& stream, const std::string& name, NetFileNotes& notes) {
  TokenReader in(stream);
  Model model;
  if (!read_beginning(in, model)) {
    const bool broken = !stream.error().empty();  // it may have been a net
    return broken ? broken_net(name, "cannot read this net: " + in.error())
                  : no_net(name, in.last_word());
  }
  if (const Status status = check_version(model.version); !status) {
    return status.error().in(name);
  }
  check_inputs(in, model);
  read_options(in, model);
  read_layers(in, model);
  notes.bytes_behind = in.finish();
  if (in.failed()) return broken_net(name, "cannot read this net: " + in.error());
  if (const Status status = check_model(model); !status) {
    return broken_net(
        name, "this net's layers do not fit together: " + printable(status.error().message));
  }
  return model;
}

/// The result of a reader, with an error reduced to one line.
template <typename AnyKind>
Result<AnyModel> made_of(Result<AnyKind> model, const std::string& name, const char* kind) {
  if (model) return AnyModel(std::move(*model));
  return broken_net(name, std::string("cannot read this ") + kind + ": " + model.error().message);
}

Result<AnyModel> parse_any(ByteStream& stream, const std::string& name, NetFileNotes& notes) {
  const auto beginning = stream.peek();
  if (looks_like_leela_zero(beginning))
    return made_of(read_leela_zero(stream, name), name, "Leela Zero net");
  if (looks_like_safetensors(beginning))
    return made_of(read_container(stream), name, "safetensors file");
  if (looks_like_onnx(beginning)) return made_of(read_onnx(stream), name, "ONNX file");
  PONNUKI_TRY(auto model, parse_katago(stream, name, notes));
  return AnyModel(std::move(model));
}

Result<Model> parse_stream(ByteStream& stream, const std::string& name) {
  NetFileNotes ignored;
  PONNUKI_TRY(auto any, parse_any(stream, name, ignored));
  if (auto* model = std::get_if<Model>(&any)) return std::move(*model);
  return Error{name +
               ": here only nets of KataGo's kind will do; Leela Zero's and AlphaGo's play " +
               "and analyse (gtp, analysis, analyze, play)"};
}

}  // namespace

Result<AnyModel> load_net(const std::string& path, const ByteLimits& limits, NetFileNotes* notes) {
  PONNUKI_TRY(auto raw, bytes_of_file(path));
  ByteStream stream(std::move(raw), limits);
  NetFileNotes ignored;
  return parse_any(stream, path, notes != nullptr ? *notes : ignored);
}

Result<Model> load_model(const std::string& path, const ByteLimits& limits) {
  PONNUKI_TRY(auto raw, bytes_of_file(path));
  ByteStream stream(std::move(raw), limits);
  return parse_stream(stream, path);
}

Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits) {
  ByteStream stream(bytes_of_memory(bytes), limits);
  return parse_stream(stream, name);
}

}  // namespace ponnuki::nn
