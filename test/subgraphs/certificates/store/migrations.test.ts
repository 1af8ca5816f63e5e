import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { decodeCertificate } from '../../../../pki/x509/certificate.ts'
import { subjectKeyOf } from '../../../../pki/x509/subject-key.ts'
import { decodedCertificate } from '../../../../subgraphs/certificates/decoded-certificate.ts'
import { keyHashOf } from '../../../../subgraphs/certificates/key-hash.ts'
import { openCertificateStore } from '../../../../subgraphs/certificates/store/sqlite.ts'
import { testPki } from '../../../support/pki.ts'

const FOLDER = new URL('../../../../subgraphs/certificates/store/migrations/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')

/** A database as the first version left it, with one certificate and one CRL that lists one serial number. */
function firstVersion(der: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'certificates.sqlite')
  const db = new Database(file)
  const { entries } = JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] }
  const [first] = entries
  for (const statement of read(`${first?.tag}.sql`).split('--> statement-breakpoint')) db.exec(statement)
  db.exec('CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run('first', first?.when)
  db.prepare('INSERT INTO certificate VALUES (?, ?, ?, ?, ?, ?, ?)').run('sha', 'sm3', der, 'ca', 1000, 1, 1)
  db.exec(`INSERT INTO crl_series VALUES ('series', 'authority', NULL);
    INSERT INTO crl VALUES ('crl-1', 'series', 1, 'COMPLETE', 'CN=CA', '1', 10, 20, 1, 1, x'00');
    INSERT INTO listing VALUES ('series', '01', 1, NULL, 5, 'keyCompromise', NULL)`)
  db.close()
  return file
}

test('what an older version held is held as before, and found by what is new', async () => {
  const { ca, root } = testPki(Date.UTC(2026, 5, 1))
  const { certificate, spki } = ca
  const store = openCertificateStore(firstVersion(certificate))
  const ever = Number.MAX_SAFE_INTEGER
  const words = await store.words({ series: 'series', certificateIssuer: '', serialNumber: '01', notAfter: ever, knownAt: ever })
  expect(words).toMatchObject([{ crl: { digest: 'crl-1' }, entry: { revokedAt: 5, reason: 'keyCompromise' } }])
  expect(await store.seriesOf('authority', ['anything'])).toEqual([{ series: 'series', authority: 'authority', scope: null }])
  expect(
    (await store.byKeyHash(keyHashOf(spki))).map(({ der }) => decodedCertificate(der).certificate.serialNumber),
  ).toHaveLength(1)
  const { subject } = decodeCertificate(root.certificate)
  expect(await store.authoritiesBelow(subjectKeyOf(subject), 10)).toMatchObject([{ fingerprint: 'sha' }])
  store.close()
})
