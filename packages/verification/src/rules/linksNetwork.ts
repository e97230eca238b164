import { goProgramOf, importing } from '../native/examples.js';
import { defineRule } from './defineRule.js';

export const linksNetwork = defineRule({
  id: 'links-network',
  severity: 'info',
  ability: 'network',
  languages: ['native'],
  message: 'The program holds what opens connections.',
  why: 'A sandbox has no network, so honest plugins ask the host. Whatever a Go program uses, it ends in these calls of the system, and the linker leaves them out of programs that only read addresses.',
  match: {
    on: 'facts',
    any: [
      { kind: 'linked', name: /^(?:syscall|golang\.org\/x\/sys\/unix)\.(?:[sS]ocket|[cC]onnect|[lL]isten|Accept4?)$/ },
      { kind: 'linked', name: /^net\.(?:Dial|Listen|\(\*(?:Dialer|ListenConfig)\)\.(?:Dial|Listen))/ },
      { kind: 'linked', name: /^net\/http\.\(\*(?:Client|Transport|Server)\)\./ },
      { kind: 'imported', name: /^(?:socket|connect|listen|accept4?|getaddrinfo|gethostbyname2?(?:_r)?|res_n?query)$/ },
      { kind: 'imported', name: /^(?:curl_easy_perform|curl_multi_perform|SSL_connect|uv_tcp_connect)$/ },
    ],
  },
  examples: {
    flags: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('main.main', 'syscall.connect') },
      { path: 'plugin', runtime: 'native', content: goProgramOf('net.(*Dialer).DialContext') },
      { path: 'plugin', runtime: 'native', content: goProgramOf('net/http.(*Client).do') },
      { path: 'addon.node', content: importing('malloc', 'getaddrinfo') },
    ],
    passes: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('net.ParseIP', 'net/url.Parse', 'syscall.Sendto') },
      { path: 'addon.node', content: importing('malloc', 'disconnect') },
      "syscall.connect('a')",
    ],
  },
});
