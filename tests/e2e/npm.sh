# Sourced by tests that use a package of npm. They set `here`, their own folder, and `folder`, a folder of the build.
skip() {
  echo "skipped: $1"
  exit 77
}

# find_browser: sets `browser`.
find_browser() {
  browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium is installed"
}

# enter_with_package PACKAGE FILE...: goes to `folder`, with the files of `here` and the package by its lock file.
enter_with_package() {
  package=$1
  shift
  command -v node > /dev/null || skip "node is not installed"
  command -v npm > /dev/null || skip "npm is not installed"
  mkdir -p "$folder"
  (cd "$here" && cp package.json package-lock.json "$@" "$folder")
  cd "$folder"
  [ -d "node_modules/$package" ] ||
    npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 > npm.log 2>&1 ||
    skip "npm cannot install $package (see $folder/npm.log)"
}
