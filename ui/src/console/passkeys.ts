import { post } from './api';

const toBytes = (text: string): Uint8Array<ArrayBuffer> => {
  const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(new ArrayBuffer(raw.length));
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
  return bytes;
};
const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** Only a secure page has them. */
export const hasPasskeys = (): boolean => isSecureContext && 'PublicKeyCredential' in window;

interface Begun {
  challenge: string;
  domain: string;
  user: string;
  login: string;
  name: string;
  known: string[];
}

/** EdDSA before ES256; the device has to ask for a PIN, a finger or a face. */
export async function addPasskey(): Promise<void> {
  const begun = await post<Begun>('/passkeys/begin');
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(begun.challenge),
      rp: { id: begun.domain, name: 'doorstep' },
      user: { id: toBytes(begun.user), name: begun.login, displayName: begun.name },
      pubKeyCredParams: [-8, -7].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: begun.known.map((id) => ({ type: 'public-key', id: toBytes(id) })),
      attestation: 'none',
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  await post('/passkeys', {
    challenge: begun.challenge,
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.getAuthenticatorData()),
    device: navigator.userAgent,
  });
}

export async function signInWithPasskey(): Promise<void> {
  const asked = await post<{ challenge: string; domain: string }>('/session/passkey/begin');
  const chosen = (await navigator.credentials.get({
    publicKey: { challenge: toBytes(asked.challenge), rpId: asked.domain, userVerification: 'required' },
  })) as PublicKeyCredential;
  const response = chosen.response as AuthenticatorAssertionResponse;
  await post('/session/passkey', {
    challenge: asked.challenge,
    credential: toText(chosen.rawId),
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.authenticatorData),
    signature: toText(response.signature),
    device: navigator.userAgent,
  });
}

/** Closing the browser's own question is an answer, not a fault; everything else is said. */
export async function unlessClosed(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    if (thrown instanceof DOMException) return false;
    throw thrown;
  }
}
