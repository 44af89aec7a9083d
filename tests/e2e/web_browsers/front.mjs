// For browsers that cannot run a script before those of a page.
import {once} from 'node:events'
import {createServer, request} from 'node:http'
import {connect} from 'node:net'

/// Serves what the server of this URL serves, but its page begins with the function. Returns the URL of that.
export async function openFront(url, begin) {
  const {port, pathname} = new URL(url)
  const front = createServer((asked, answer) => {
    if (asked.url === '/begin.js') return answer.setHeader('Content-Type', 'text/javascript').end(`(${begin})()`)
    const headers = {...asked.headers, 'accept-encoding': 'identity'}
    request({host: '127.0.0.1', port, path: asked.url, headers}, async got => {
      let text = ''
      for await (const part of got.setEncoding('utf8')) text += part
      delete got.headers['content-length']
      answer.writeHead(got.statusCode, got.headers)
      answer.end(text.replace('<head>', '<head><script src="/begin.js"></script>'))
    }).end()
  })
  front.on('upgrade', (asked, socket) => {
    const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const server = connect(port, '127.0.0.1')
    server.write(`GET ${asked.url} HTTP/1.1\r\n${headers.join('')}\r\n`)
    server.on('error', () => socket.destroy()).pipe(socket)
    socket.on('error', () => server.destroy()).pipe(server)
  })
  front.listen(0, '127.0.0.1').unref()
  await once(front, 'listening')
  return `http://127.0.0.1:${front.address().port}${pathname}`
}
