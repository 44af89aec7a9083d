// The top level of a model file, and the one line that an error becomes.
#include "nn/model_file.h"

#include "nn/model_check.h"
#include "nn/model_read.h"
#include "nn/token_reader.h"

namespace ponnuki {
namespace {

// Read before anything that depends on it, so that an old or a new net is named as such, not as a
// broken file.
int read_version(TokenReader& in) {
  const int version = in.integer("the model version", -1'000'000'000, 1'000'000'000);
  if (in.failed()) return 0;
  const std::string text = std::to_string(version);
  if (version > kNewestModelVersion) {
    in.fail("this is a net of version " + text +
            ": transformer nets are not supported yet (versions " +
            std::to_string(kOldestModelVersion) + " to " + std::to_string(kNewestModelVersion) +
            " are)");
  } else if (version < kOldestModelVersion) {
    in.fail("model version " + text + " is not supported: use a net of version " +
            std::to_string(kOldestModelVersion) + " to " + std::to_string(kNewestModelVersion));
  }
  return version;
}

// Seven positive numbers, one for each output that is not a probability. Older versions mean the
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

// name version planes globals [multipliers] [metadata version, pass-alive flag, six zeros]
void read_header(TokenReader& in, Model& model) {
  model.name = in.word("the net's name");
  model.version = read_version(in);
  model.spatial_planes = in.integer("the number of input planes", 1, ModelLimits::kChannels);
  model.global_features = in.integer("the number of global inputs", 1, ModelLimits::kChannels);
  if (model.version >= 13) model.post = read_post_process(in);
  if (model.version >= 15) {
    model.metadata_version = in.integer("the metadata encoder's version", 0, 1);
    model.pass_alive_under_suicide = in.integer("the pass-alive flag", 0, 1) != 0;
    for (int i = 0; i < 6; ++i) in.integer("a reserved option of the model", 0, 0);
  }
}

// Header, trunk, heads; then to the end of the stream, where gzip keeps its checksum, and the
// shapes last.
Result<Model> parse_stream(ByteStream& stream, const std::string& name) {
  TokenReader in(stream);
  Model model;
  read_header(in, model);
  ModelReader reader{in, model.version};
  if (!in.failed()) model.trunk = read_trunk(reader, model.metadata_version);
  if (!in.failed()) model.policy = read_policy_head(reader);
  if (!in.failed()) model.value = read_value_head(reader);
  in.finish();
  if (in.failed()) {
    return Error{name + ": cannot read this net: " + in.error() +
                 " (get the file again, or name another with --net)"};
  }
  if (const Status status = check_model(model); !status.ok()) {
    return Error{name + ": this net's layers do not fit together: " + printable(status.error()) +
                 " (get the file again, or name another with --net)"};
  }
  return model;
}

}  // namespace

Result<Model> load_model(const std::string& path, const ByteLimits& limits) {
  auto raw = bytes_of_file(path);
  if (!raw.ok()) return Error{raw.error()};
  ByteStream stream(std::move(raw.value()), limits);
  return parse_stream(stream, path);
}

Result<Model> parse_model(std::span<const unsigned char> bytes, const std::string& name,
                          const ByteLimits& limits) {
  ByteStream stream(bytes_of_memory(bytes), limits);
  return parse_stream(stream, name);
}

}  // namespace ponnuki
