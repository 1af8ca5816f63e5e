import { createServer, type Server, type Socket } from 'node:net'
import { encodeElement, encodeInteger, encodeOctetString, encodeSequence } from '../../pki/der/writer.ts'

const SEARCH_ENTRY = 0x64
const SEARCH_DONE = 0x65
const ENUMERATED = 0x0a
const SET = 0x31

/** A directory of one entry that answers every search with one value, or as a test wants. */
export function ldapServer(answer: (socket: Socket, messageId: number) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => {}) // a client that ends early is what tests are about
    socket.on('data', (request) => {
      const messageId = messageIdOf(request)
      if (request.includes(0x63)) answer(socket, messageId)
    })
  })
}

/** SearchResultEntry with one binary attribute and SearchResultDone, RFC 4511 §4.5.2. */
export function searchAnswer(messageId: number, attribute: string, value: Uint8Array): Uint8Array {
  const attributes = encodeSequence(
    encodeSequence(encodeOctetString(Buffer.from(attribute)), encodeElement(SET, encodeOctetString(value))),
  )
  const entry = encodeElement(SEARCH_ENTRY, encodeOctetString(Buffer.from('cn=crl')), attributes)
  return Buffer.concat([message(messageId, entry), message(messageId, result(0))])
}

/** SearchResultDone with a result code: 32 is noSuchObject. */
export function searchRefusal(messageId: number, code: number): Uint8Array {
  return message(messageId, result(code))
}

function result(code: number): Uint8Array {
  const nothing = encodeOctetString(new Uint8Array())
  return encodeElement(SEARCH_DONE, encodeElement(ENUMERATED, Buffer.of(code)), nothing, nothing)
}

function message(messageId: number, operation: Uint8Array): Uint8Array {
  return encodeSequence(encodeInteger(messageId), operation)
}

/** LDAPMessage ::= SEQUENCE { messageID INTEGER, … }: short requests only. */
function messageIdOf(request: Uint8Array): number {
  const start = (request[1] ?? 0) < 0x80 ? 2 : 2 + ((request[1] ?? 0) & 0x7f)
  return request[start + 2] ?? 1
}
