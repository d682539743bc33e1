import type { RegistrationResponse } from '../../../src/contract/web-authn.ts'

/**
 * What Chromium's virtual security key answered on http://localhost:18443 to a challenge of 32 bytes 07
 * and `attestation: 'direct'`: a packed statement with the certificate of its maker, valid until 2046.
 */
export const chromiumKey = {
  origin: 'http://localhost:18443',
  challenge: Buffer.alloc(32, 7).toString('base64url'),
  aaguid: '01020304-0506-0708-0102-030405060708',
  response: {
    ...{
      id: 'T49aDUcaUILfmQ4bwNT5qyZO-fn652zIXRSYzn-q59g',
      rawId: 'T49aDUcaUILfmQ4bwNT5qyZO-fn652zIXRSYzn-q59g',
    },
    ...{ type: 'public-key', clientExtensionResults: {} },
    response: {
      clientDataJSON:
        'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndj' +
        'SEJ3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MTg0NDMiLCJjcm9zc09yaWdpbiI6' +
        'ZmFsc2V9',
      attestationObject:
        'o2NmbXRmcGFja2VkZ2F0dFN0bXSjY2FsZyZjc2lnWEYwRAIgUFk5W3QdjnqYd0CA5RI-hA9Hb5oMGPDKNEaNgp5P' +
        'xI8CIE5l9oI7dm1SimZgG9XneIQ97MLU_kyI3wgSbYLfHU4TY3g1Y4FZAdcwggHTMIIBeqADAgECAgEBMAoGCCqG' +
        'SM49BAMCMGAxCzAJBgNVBAYTAlVTMREwDwYDVQQKDAhDaHJvbWl1bTEiMCAGA1UECwwZQXV0aGVudGljYXRvciBB' +
        'dHRlc3RhdGlvbjEaMBgGA1UEAwwRQmF0Y2ggQ2VydGlmaWNhdGUwHhcNMTcwNzE0MDI0MDAwWhcNNDYxMTE4MTYz' +
        'MjA3WjBgMQswCQYDVQQGEwJVUzERMA8GA1UECgwIQ2hyb21pdW0xIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0' +
        'ZXN0YXRpb24xGjAYBgNVBAMMEUJhdGNoIENlcnRpZmljYXRlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjWF-' +
        'ZclQjmS8xWc6yCpnmdo8FEZoLCWMRj__31jf0vo-bDeLU9eVxKTf-0GZ7deGLyOrrwIDtLiRG6BWmZThAaMlMCMw' +
        'DAYDVR0TAQH_BAIwADATBgsrBgEEAYLlHAIBAQQEAwIFIDAKBggqhkjOPQQDAgNHADBEAiBohHEA30j575YOEKe0' +
        'K0V-jVxCkO46cR2rZywHx_D-HgIgCyjvRYEndR90taJSrwQLPdz-Z16rgZxv391U8gypK19oYXV0aERhdGFYpEmW' +
        'DeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAAAAEBAgMEBQYHCAECAwQFBgcIACBPj1oNRxpQgt-ZDhvA' +
        '1PmrJk75-frnbMhdFJjOf6rn2KUBAgMmIAEhWCCvgbvqiuc5tvx23citpzpJpLDQnKY-SdYbhtShgT51PyJYIKcD' +
        'UFqP6rxOIlTuE8BmtgNg0x6LTpa3en7vzwa-nIxV',
      transports: ['usb'],
    },
  } satisfies RegistrationResponse,
} as const
