#!/usr/bin/env python3
"""Makes ../resources/zero-knowledge/vectors.json after docs/zero-knowledge.md, with other libraries than ours.

Needs the Python package `cryptography`. The file is in the repository; run this only when the format changes.
"""
import base64, hashlib, hmac, json, pathlib, unicodedata
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# RFC 5054, appendix A, 3072-bit group.
N = int("""
FFFFFFFF FFFFFFFF C90FDAA2 2168C234 C4C6628B 80DC1CD1 29024E08 8A67CC74 020BBEA6 3B139B22 514A0879 8E3404DD
EF9519B3 CD3A431B 302B0A6D F25F1437 4FE1356D 6D51C245 E485B576 625E7EC6 F44C42E9 A637ED6B 0BFF5CB6 F406B7ED
EE386BFB 5A899FA5 AE9F2411 7C4B1FE6 49286651 ECE45B3D C2007CB8 A163BF05 98DA4836 1C55D39A 69163FA8 FD24CF5F
83655D23 DCA3AD96 1C62F356 208552BB 9ED52907 7096966D 670C354E 4ABC9804 F1746C08 CA18217C 32905E46 2E36CE3B
E39E772C 180E8603 9B2783A2 EC07A28F B5C55DF0 6F4C52C9 DE2BCBF6 95581718 3995497C EA956AE5 15D22618 98FA0510
15728E5A 8AAAC42D AD33170D 04507A33 A85521AB DF1CBA64 ECFB8504 58DBEF0A 8AEA7157 5D060C7D B3970F85 A6E1E4C7
ABF5AE8C DB0933D7 1E8C94E0 4A25619D CEE3D226 1AD2EE6B F12FFA06 D98A0864 D8760273 3EC86A64 521F2B18 177B200C
BBE11757 7A615D6C 770988C0 BAD946E2 08E24FA0 74E5AB31 43DB5BFC E0FD108E 4B82D120 A93AD2CA FFFFFFFF FFFFFFFF
""".replace("\n", "").replace(" ", ""), 16)
G = 5
WIDTH = 384


def b64(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def num(data): return int.from_bytes(data, "big")
def least(n): return n.to_bytes((n.bit_length() + 7) // 8, "big")
def pad(n): return n.to_bytes(WIDTH, "big")


def hkdf(ikm, salt, info):
    prk = hmac.new(salt or bytes(32), ikm, "sha256").digest()
    return hmac.new(prk, info.encode() + b"\x01", "sha256").digest()


seed = [0]
def rnd(n, label="r"):
    seed[0] += 1
    return hashlib.shake_256(f"{label} {seed[0]}".encode()).digest(n)


def box(key, plain, *bound):
    nonce = rnd(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, "\n".join(bound).encode())


def kdf(password, salt, iterations):
    master = hashlib.pbkdf2_hmac("sha256", unicodedata.normalize("NFKC", password).encode(), salt, iterations, 32)
    return {"password": password, "salt": b64(salt), "iterations": iterations, "master": master.hex(),
            "srpSecret": hkdf(master, b"", "devmentor/v1/srp").hex(),
            "vaultKek": hkdf(master, b"", "devmentor/v1/vault-kek").hex()}


def srp(note, master, salt, a, b):
    secret = hkdf(master, b"", "devmentor/v1/srp").hex()
    k = num(sha(pad(N), pad(G)))
    x = num(sha(least(num(salt)), sha(secret.encode())))
    v = pow(G, x, N)
    A, B = pow(G, a, N), (k * v + pow(G, b, N)) % N
    u = num(sha(pad(A), pad(B)))
    S = pow(A * pow(v, u, N), b, N)
    assert S == pow((B - k * pow(G, x, N)) % N, a + u * x, N)
    m1 = sha(least(A), least(B), least(S))
    m2 = sha(least(A), least(num(m1)), least(S))
    return {"note": note, "master": master.hex(), "salt": b64(salt), **{name: format(value, "x") for name, value in
            dict(a=a, b=b, k=k, x=x, v=v, A=A, B=B, u=u, S=S, M1=num(m1), M2=num(m2)).items()}}


def search(note, master, salt, good):
    for i in range(4000):
        got = srp(note, master, salt, num(rnd(32, note)) | 1 << 255, num(rnd(32, note)) | 1 << 255)
        if good(got):
            return got
    raise SystemExit("nothing found for " + note)


B32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
def b32(n, digits):
    text = "".join(B32[n >> 5 * i & 31] for i in reversed(range(digits)))
    return "-".join(text[i:i + 4] for i in range(0, digits, 4))


def recovery(secret):
    check = num(sha(b"devmentor/v1/recovery-check", secret)[:2]) >> 4
    return {"secret": secret.hex(), "code": b32(num(secret) << 12 | check, 28),
            "kek": hkdf(secret, b"", "devmentor/v1/recovery-kek").hex()}


def public(private): return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def padded(text):
    size = 256
    while size < len(text) + 4:
        size *= 2
    size = min(size, 65536 - 28)
    return len(text).to_bytes(4, "big") + text + bytes(size - 4 - len(text))


def vault(owner, master, salt, recovery_kek):
    key = rnd(32)
    private = ec.derive_private_key(num(rnd(32)) % (2 ** 255), ec.SECP256R1())
    pub = public(private)
    d = private.private_numbers().private_value.to_bytes(32, "big")
    return key, private, {
        "format": 1, "version": 1, "publicKey": b64(pub),
        "privateKey": b64(box(key, d, "devmentor/v1/private-key", b64(pub), owner)),
        "slots": [
            {"kind": "password", "salt": b64(salt), "iterations": 600000,
             "wrapped": b64(box(hkdf(master, b"", "devmentor/v1/vault-kek"), key, "devmentor/v1/slot", "password", owner))},
            {"kind": "recovery", "wrapped": b64(box(recovery_kek, key, "devmentor/v1/slot", "recovery", owner))}]}


def fingerprint(pub): return b32(num(sha(b"devmentor/v1/fingerprint", pub)[:15]), 24)


salt0 = bytes([0, 0]) + rnd(14)
master = rnd(32)
code = recovery(rnd(16))
owner, other = "u-owner", "u-recipient"
key, private, keys = vault(owner, master, rnd(16), bytes.fromhex(code["kek"]))
other_master, other_code = rnd(32), recovery(bytes(3) + rnd(13))
other_key, other_private, other_keys = vault(other, other_master, rnd(16), bytes.fromhex(other_code["kek"]))

text = {"title": "Größe des Schlüssels", "tags": ["π", "work"], "user": "ada", "secret": "s3cr€t", "address": "https://example.org",
        "note": "a note\nof two lines"}
entry_id, data_key = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", rnd(32)
entry = {"id": entry_id, "version": 3, "keyVersion": 2,
         "dataKey": b64(box(key, data_key, "devmentor/v1/data-key", entry_id, "2", owner)),
         "ciphertext": b64(box(data_key, padded(json.dumps(text, ensure_ascii=False).encode()), "devmentor/v1/entry", entry_id, "3", owner))}

ephemeral = ec.derive_private_key(num(rnd(32)) % (2 ** 255), ec.SECP256R1())
z = ephemeral.exchange(ec.ECDH(), other_private.public_key()) + private.exchange(ec.ECDH(), other_private.public_key())
share_key = hkdf(z, public(ephemeral) + public(private) + public(other_private), "devmentor/v1/share")
shared = {"id": "7d5f2f6c-9d5b-4f63-8d9e-0d0f6b5f7a11", "owner": owner, "ownerKey": b64(public(private)), "entryId": entry_id, "version": 3, "keyVersion": 2,
          "ephemeral": b64(public(ephemeral)),
          "wrapped": b64(box(share_key, data_key, "devmentor/v1/share", entry_id, "2", other, owner)),
          "ciphertext": entry["ciphertext"]}

approval_key = hkdf(key, b"", "devmentor/v1/approval")
approval = b64(hmac.new(approval_key, (other + "\n" + other_keys["publicKey"]).encode(), "sha256").digest())

vectors = {
    "kdf": [kdf("correct horse battery staple", rnd(16), 600000), kdf("Ångström ﬁle Ⅳ 密码", salt0, 600000)],
    "srp": [srp("plain", master, rnd(16), num(rnd(32)) | 1 << 255, num(rnd(32)) | 1 << 255),
            srp("salt begins with zeros", master, salt0, num(rnd(32)) | 1 << 255, num(rnd(32)) | 1 << 255),
            search("M1 begins with a zero byte", master, salt0, lambda s: len(s["M1"]) <= 62),
            search("S begins with a zero byte", master, salt0, lambda s: len(s["S"]) <= 766),
            search("A begins with a zero byte", master, salt0, lambda s: len(s["A"]) <= 766),
            search("B begins with a zero byte", master, salt0, lambda s: len(s["B"]) <= 766)],
    "recovery": [code, other_code],
    "fingerprint": {"publicKey": b64(public(private)), "fingerprint": fingerprint(public(private))},
    "vault": {"owner": owner, "master": master.hex(), "keys": keys, "recoveryCode": code["code"], "entry": entry, "text": text,
              "recipient": other, "recipientMaster": other_master.hex(), "recipientKeys": other_keys, "shared": shared, "approval": approval},
}
out = pathlib.Path(__file__).parent / "../resources/zero-knowledge/vectors.json"
out.write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n")
