import { defineRule } from './defineRule.js';

const PATHS = [
  /(?:^|[\\/])\.(?:npmrc|netrc|pypirc|yarnrc|git-credentials|bash_history|zsh_history)$/,
  /(?:^|[\\/])\.(?:ssh|aws|gnupg|azure|kube)(?:[\\/]|$)/,
  /(?:^|[\\/])id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\/etc\/(?:shadow|gshadow|sudoers)/,
  /\/proc\/(?:self|1)\/environ/,
  /(?:^|[\\/])\.docker[\\/]config\.json$/,
  /application_default_credentials\.json/,
  /\/(?:docker|containerd)\.sock$/,
  /\/var\/run\/secrets\//,
  /^\/etc\/passwd$/,
  /(?:^|[\\/ ~"'])\.(?:npmrc|netrc|pypirc|git-credentials|ssh[\\/]\w|aws[\\/]credentials|kube[\\/]config|docker[\\/]config\.json|config[\\/]gh[\\/]hosts\.yml|config[\\/]gcloud)/,
];

export const credentialPaths = defineRule({
  id: 'credential-paths',
  severity: 'medium',
  ability: 'filesystem',
  message: 'It names a file where credentials are kept.',
  why: 'A plugin sees no file of any host, so it has no use for such a name, except as data: a list of well-known file names, say.',
  match: { on: 'constant', matches: (value) => value.length < 4096 && PATHS.some((path) => path.test(value)) },
  examples: {
    flags: [
      "readFileSync(home + '/.npmrc')",
      "join(home, '.ssh', 'id_rsa')",
      "readFileSync('/etc/' + 'shadow')",
      'readFileSync(`/root/.aws/credentials`)',
      "readFileSync(Buffer.from('L2V0Yy9zaGFkb3c=', 'base64').toString())",
      "connect('/var/run/docker.sock')",
    ],
    passes: [
      "readFileSync('./data/template.html')",
      "const text = 'Never commit your npmrc.';",
      "import './aws.js';",
      "const id = 'id_rsa_count';",
    ],
  },
});
