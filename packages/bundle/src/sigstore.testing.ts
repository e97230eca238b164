/** A private Sigstore for tests: a certificate authority, both logs, and whoever signs with them. Nothing of it leaves the process. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DSSE_PAYLOAD_TYPE } from '@paddock/contracts';
import { initializeCA, initializeTLog } from '@sigstore/mock';
import { preAuthEncoding } from './dsse.js';

const ISSUER_OID = '1.3.6.1.4.1.57264.1.8';

export interface SigningIdentity {
  issuer: string;
  /** An address: what the certificate names. */
  identity: string;
}

export interface PrivateSigstore {
  /** As a file of a trusted root has it. */
  trustedRoot: unknown;
  /** Signs any statement, as JSON text. @returns a Sigstore bundle */
  sign(statement: unknown, by: SigningIdentity): Promise<SerializedBundle>;
}

export interface SerializedBundle {
  mediaType: string;
  verificationMaterial: {
    certificate: { rawBytes: string };
    tlogEntries: Record<string, unknown>[];
    timestampVerificationData: object;
  };
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid: string }[] };
}

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** @param logTime what its transparency log takes for the time of signing; a certificate holds for ten minutes from now. */
export async function privateSigstore(logTime?: Date): Promise<PrivateSigstore> {
  const [caKeys, ctKeys, logKeys] = [p256(), p256(), p256()];
  const ctLog = certificateLog(ctKeys);
  const ca = await initializeCA(caKeys, ctLog);
  const log = await initializeTLog('https://rekor.test', logKeys, logTime);
  const validFor = { start: new Date(0).toISOString() };
  const authority = (publicKey: Buffer, logId: Buffer, baseUrl: string) => ({
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: publicKey.toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: logId.toString('base64') },
  });
  return {
    trustedRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [authority(log.publicKey, createHash('sha256').update(log.publicKey).digest(), 'https://rekor.test')],
      certificateAuthorities: [
        {
          subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
          uri: 'https://fulcio.test',
          certChain: { certificates: [{ rawBytes: ca.rootCertificate.toString('base64') }] },
          validFor,
        },
      ],
      ctlogs: [authority(ctLog.publicKey, ctLog.logID, 'https://ctfe.test')],
      timestampAuthorities: [],
    },
    async sign(statement, { issuer, identity }) {
      const { publicKey, privateKey } = p256();
      const certificate = await ca.issueCertificate({
        publicKey: publicKey.export({ format: 'der', type: 'spki' }),
        subjectAltName: identity,
        extensions: [{ oid: ISSUER_OID, value: issuer }],
      });
      const payload = Buffer.from(JSON.stringify(statement));
      const sig = sign('sha256', preAuthEncoding(DSSE_PAYLOAD_TYPE, payload), privateKey).toString('base64');
      const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
      const dsseEnvelope = {
        payload: payload.toString('base64'),
        payloadType: DSSE_PAYLOAD_TYPE,
        signatures: [{ sig, keyid: '' }],
      };
      const sha256 = (bytes: Buffer | string) => ({
        algorithm: 'sha256',
        value: createHash('sha256').update(bytes).digest('hex'),
      });
      const entry = Object.values(
        await log.log({
          apiVersion: '0.0.1',
          kind: 'dsse',
          spec: {
            envelopeHash: sha256(JSON.stringify(dsseEnvelope)),
            payloadHash: sha256(payload),
            signatures: [{ signature: sig, verifier: Buffer.from(pem).toString('base64') }],
          },
        }),
      )[0];
      const proof = entry?.verification?.inclusionProof;
      if (entry === undefined || proof === undefined) throw new Error('the log has proven nothing');
      const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: certificate.toString('base64') },
          tlogEntries: [
            {
              logIndex: String(entry.logIndex),
              logId: { keyId: base64(entry.logID) },
              kindVersion: { kind: 'dsse', version: '0.0.1' },
              integratedTime: String(entry.integratedTime),
              inclusionPromise: { signedEntryTimestamp: entry.verification?.signedEntryTimestamp },
              inclusionProof: {
                logIndex: String(proof.logIndex),
                rootHash: base64(proof.rootHash),
                treeSize: String(proof.treeSize),
                hashes: proof.hashes.map(base64),
                checkpoint: { envelope: proof.checkpoint },
              },
              canonicalizedBody: entry.body,
            },
          ],
          timestampVerificationData: { rfc3161Timestamps: [] },
        },
        dsseEnvelope,
      };
    },
  };
}

/** The log of certificates (RFC 6962), in place of the mock's own, which a newer release of what it stands on has broken. */
function certificateLog({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const logID = createHash('sha256').update(spki).digest();
  return {
    publicKey: spki,
    logID,
    async log(certificate: ArrayBuffer, issuerId: ArrayBuffer): Promise<ArrayBuffer> {
      const tbs = firstElement(Buffer.from(certificate));
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(Date.now()));
      const noExtensions = Buffer.alloc(2);
      const signed = [
        Buffer.of(0, 0), // Version 1; a certificate's timestamp.
        time,
        Buffer.of(0, 1), // A certificate that is not issued yet.
        Buffer.from(issuerId),
        Buffer.of(tbs.length >> 16, (tbs.length >> 8) & 0xff, tbs.length & 0xff),
        tbs,
        noExtensions,
      ];
      const signature = sign('sha256', Buffer.concat(signed), privateKey);
      const timestamp = [Buffer.of(0), logID, time, noExtensions, Buffer.of(4, 3), withLength(signature)];
      return new Uint8Array(withLength(Buffer.concat(timestamp))).buffer;
    },
  };
}

const withLength = (bytes: Buffer): Buffer => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);

/** The first element inside a DER sequence, header and all: of a certificate, what is signed. Both lengths take two bytes. */
function firstElement(der: Buffer): Buffer {
  const inner = der.subarray(4);
  return inner.subarray(0, 4 + inner.readUInt16BE(2));
}
