import { beginning, defineByteRule, ELF_MAGIC, IS_PROGRAM } from '../byteRule.js';

export const programTargets = defineByteRule({
  id: 'program-targets',
  severity: 'high',
  message: 'A program names several places where people keep what is secret.',
  why: 'A library may know where its own service keeps a key. Whoever knows three such places collects.',
  text: null,
  strings: `
    $aws = ".aws/credentials"
    $rsa = ".ssh/id_rsa"
    $ed25519 = ".ssh/id_ed25519"
    $kube = ".kube/config"
    $docker = ".docker/config.json"
    $gcloud = ".config/gcloud"
    $npm = ".npmrc"
    $git = ".git-credentials"
    $netrc = ".netrc"
    $shadow = "/etc/shadow"
    $wallet = "wallet.dat"
    $metamask = "nkbihfbeogaeaoehlefnkodbefgpgknn"
    $firefox = "key4.db"
    $chrome = "Login Data"`,
  condition: `${IS_PROGRAM} and 3 of them`,
  examples: {
    flags: [{ path: 'plugin', content: beginning(ELF_MAGIC, '/.aws/credentials\0/.ssh/id_rsa\0/.kube/config') }],
    passes: [
      { path: 'plugin', content: beginning(ELF_MAGIC, '/.aws/credentials\0/.aws/config') },
      { path: 'list.txt', content: '.aws/credentials .ssh/id_rsa .kube/config' },
    ],
  },
});
