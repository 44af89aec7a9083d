// Bundles the page: build.mjs SOURCES BUILD_FOLDER. The packages are in BUILD_FOLDER/node_modules, the page's files go
// to BUILD_FOLDER/page, each also packed by gzip.
import {mkdirSync, readdirSync, readFileSync, writeFileSync, existsSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

const [sources, folder] = process.argv.slice(2)
const esbuild = createRequire(join(folder, 'package.json'))('esbuild')
const out = join(folder, 'page')

function write(name, contents) {
  writeFileSync(join(out, name), contents)
  writeFileSync(join(out, name + '.gz'), gzipSync(contents, {level: 9}))
}

/// The packages that are part of the bundle, with their licences.
function licences(metafile) {
  const names = new Set(Object.keys(metafile.inputs).flatMap(file => {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)
    return match ? [match[1]] : []
  }))
  return [...names].sort().map(name => {
    const home = join(folder, 'node_modules', name)
    const {version, license} = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const file = readdirSync(home).find(each => /^licen[cs]e/i.test(each))
    const text = file && existsSync(join(home, file)) ? readFileSync(join(home, file), 'utf8') : ''
    return `${name} ${version} (${license})\n\n${text.trim()}\n`
  }).join('\n' + '-'.repeat(80) + '\n\n')
}

mkdirSync(out, {recursive: true})
const result = await esbuild.build({
  entryPoints: {app: join(sources, 'main.tsx')},
  outdir: out,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'esm',
  target: ['es2020'],
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  nodePaths: [join(folder, 'node_modules')],
  legalComments: 'none',
  logLevel: 'warning',
})
for (const {path, contents} of result.outputFiles) write(path.slice(out.length + 1), contents)
for (const name of ['index.html', 'icon.svg', 'manifest.webmanifest'])
  write(name, readFileSync(join(sources, name)))
write('licences.txt', licences(result.metafile))
