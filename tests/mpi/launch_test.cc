// What mpirun tells the processes that it starts.
#include "mpi/launch.h"

#include <catch2/catch.hpp>
#include <map>

namespace ponnuki::mpi {
namespace {

Launch launch_of(const std::map<std::string, std::string>& variables) {
  return read_launch([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

}  // namespace

TEST_CASE("Launch: without mpirun a process is alone") {
  const Launch launch = launch_of({{"OMPI_COMM_WORLD_SIZE", "nonsense"}, {"PMI_RANK", "-1"}});
  CHECK(launch.ranks == 1);
  CHECK(launch.rank == 0);
  CHECK(launch.threads(8) == 8);
}

TEST_CASE("Launch: processes of one machine share its cores, unless each is bound to some") {
  const std::map<std::string, std::string> variables = {{"OMPI_COMM_WORLD_SIZE", "6"},
                                                        {"OMPI_COMM_WORLD_RANK", "5"},
                                                        {"OMPI_COMM_WORLD_LOCAL_SIZE", "3"},
                                                        {"OMPI_COMM_WORLD_LOCAL_RANK", "2"}};
  Launch launch = launch_of(variables);
  CHECK(launch.ranks == 6);
  CHECK(launch.rank == 5);
  CHECK(launch.local_rank == 2);
  CHECK(launch.threads(8) == 2);
  CHECK(launch.threads(2) == 1);
  launch.is_bound = true;
  CHECK(launch.threads(8) == 8);
}

}  // namespace ponnuki::mpi
