#include "nn/files/net_catalogue.h"

#include <algorithm>

namespace ponnuki::nn {
namespace {

constexpr std::string_view kArchive = "https://katagoarchive.org/g170/neuralnets/",
                           kKata1 =
                               "https://media.katagotraining.org/uploaded/networks/models/kata1/",
                           kExtra =
                               "https://media.katagotraining.org/uploaded/networks/models_extra/";
constexpr std::string_view kPublicDomain = "public domain",
                           kKataGo = "katagotraining.org/network_license";

// Sizes and sums are those that several programs which fetch these files expect. What is known of
// one program only is left out.
constexpr CatalogueNet kNets[] = {
    {"b6", "g170-b6c96-s175395328-d26788732.bin.gz", kArchive, 3'827'339,
     "f5d32604e3675c480c7c8f6aa579a1ea857135628a0afccc8fa56330fbacd38d", kPublicDomain,
     "KataGo of 2020, 6 blocks: quick on every machine, amateur dan"},
    {"b10", "g170e-b10c128-s1141046784-d204142634.bin.gz", kArchive, 11'138'361, "", kPublicDomain,
     "KataGo of 2020, 10 blocks: for old machines and phones"},
    {"b15", "g170-b15c192-s497233664-d149638345.bin.gz", kArchive, 36'934'186, "", kPublicDomain,
     "KataGo of 2020, 15 blocks"},
    {"b20", "g170e-b20c256x2-s5303129600-d1228401921.bin.gz",
     "https://github.com/lightvector/KataGo/releases/download/v1.4.5/", 0,
     "7c8a84ed9ee737e9c7e741a08bf242d63db37b648e7f64942f3a8b1b5101e7c2", kPublicDomain,
     "KataGo of 2020, 20 blocks"},
    {"b18", "kata1-b18c384nbt-s9996604416-d4316597426.bin.gz", kKata1, 97'898'094, "", kKataGo,
     "KataGo of 2024, 18 blocks: the usual choice for analysis"},
    {"b28", "kata1-b28c512nbt-s12704148736-d5790336910.bin.gz", kKata1, 0, "", kKataGo,
     "KataGo of 2025, 28 blocks: stronger and slower than b18"},
    {"9x9", "kata9x9-b18c384nbt-20231025.bin.gz", kExtra, 97'878'277,
     "a1298ce1adc1dad7bd868ca962b2384cc8388ed373a00e6bae1114fa6f9e2d61", kKataGo,
     "for 9x9 alone, where it is among the strongest", true},
    {"human", "b18c384nbt-humanv0.bin.gz", kExtra, 99'066'230,
     "637746e44f0efe00ad1245a50aa9bbf0716efe364c43965ead97bd6835d84ab5", kKataGo,
     "learned from people's games; here only its middle strength", true},
};

}  // namespace

std::span<const CatalogueNet> net_catalogue() { return kNets; }

const CatalogueNet* find_in_catalogue(std::string_view name) {
  const auto found = std::ranges::find(kNets, name, &CatalogueNet::name);
  return found == std::end(kNets) ? nullptr : found;
}

}  // namespace ponnuki::nn
