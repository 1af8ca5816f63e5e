/**
 * Cases of x509-limbo that are answered otherwise than the suite expects, each with the reason. A case here that comes out as
 * expected fails the test too. No accept of anything unsafe for seals is ever excused.
 */
export const LIMBO_EXCEPTIONS: Readonly<Record<string, string>> = {
  // Accepted: borne with in an anchor, which is a name and a key we were told to trust (RFC 5280 §6.1.1 d).
  'rfc5280::root-non-critical-basic-constraints': anchor(
    'the national root ROOTCA itself leaves its basic constraints non-critical',
  ),
  'rfc5280::aki::cross-signed-root-missing-aki': anchor(
    'the same suite expects the cross-signed root of cve-2024-0567, without AKI, to be accepted',
  ),
  'webpki::aki::root-with-aki-missing-keyidentifier': anchor('CABF 7.1.2.1.3, for roots of browsers'),
  'webpki::aki::root-with-aki-all-fields': anchor('CABF 7.1.2.1.3, for roots of browsers'),
  'webpki::aki::root-with-aki-ski-mismatch': anchor('CABF 7.1.2.1.3, for roots of browsers'),
  'webpki::eku::root-has-eku': anchor('CABF 7.1.2.1.2, for roots of browsers; the purposes of an anchor limit its paths here'),

  // Accepted: rules for TLS servers alone.
  'webpki::cn::ipv4-hex-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::ipv4-leading-zeros-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::ipv6-uppercase-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::ipv6-uncompressed-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::ipv6-non-rfc5952-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::punycode-not-in-san': tls('common names are never compared with host names here'),
  'webpki::cn::utf8-vs-punycode-mismatch': tls('common names are never compared with host names here'),
  'webpki::cn::not-in-san': tls(
    'common names are never compared with host names here; that of a seal certificate is a seal code',
  ),
  'webpki::cn::case-mismatch': tls('common names are never compared with host names here'),
  'webpki::eku::ee-anyeku': tls('CABF 7.1.2.7.10; the purpose required stands beside "any" and is what counts here'),
  'webpki::eku::ee-critical-eku': tls('CABF 7.1.2.7.6; RFC 5280 4.2.1.12 leaves it open'),
  'webpki::eku::ee-without-eku': tls('CABF 7.1.2.7.6; rfc5280::eku::ee-without-eku expects it to be accepted'),
  'webpki::san::public-suffix-multi-label-wildcard-san': tls('the list of public suffixes belongs to browsers'),
  'webpki::san::public-suffix-private-namespace-wildcard-san': tls('the list of public suffixes belongs to browsers'),
  'webpki::san::san-critical-with-nonempty-subject': tls('CABF 7.1.2.7.12; RFC 5280 4.2.1.6 says SHOULD'),
  'webpki::forbidden-rsa-not-divisible-by-8-in-root': tls('CABF 6.1.5; the key of 2052 bits is above our bound of 2048'),
  'webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf': tls('CABF 6.1.5; the key of 2052 bits is above our bound of 2048'),
  'webpki::ee-basicconstraints-ca': tls('CABF 7.1.2.7.8; rfc5280::ca-as-leaf expects a CA at the end of a path to be accepted'),
  'webpki::ca-as-leaf': tls('CABF 7.1.2.7.8; rfc5280::ca-as-leaf expects it to be accepted'),

  // Refused where the suite would accept.
  'webpki::nc::permitted-dns-match-noncritical':
    'refused: RFC 5280 4.2.1.10 demands critical; rfc5280::nc::permitted-dns-match-noncritical expects that',
}

function anchor(reason: string): string {
  return `harmless in an anchor: ${reason}`
}

function tls(reason: string): string {
  return `TLS only: ${reason}`
}
