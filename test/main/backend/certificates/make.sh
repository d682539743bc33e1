#!/bin/sh
# Makes the certificates of this folder anew; their keys are thrown away. The tests run on a fixed
# clock inside 2026-2126, so this is only needed to add another one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign'
server='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:reset.example.com'

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

# root NAME SUBJECT EXTENSIONS [OPTIONS]
root() {
  name=$1 subject=$2 extensions=$3
  shift 3
  [ -e "$name.key" ] || key "$name"
  printf '%s\nsubjectKeyIdentifier=hash\n' "$extensions" >"$name.ext"
  openssl req -new -key "$name.key" -subj "/CN=$subject" -out "$name.csr"
  openssl x509 -req -in "$name.csr" -signkey "$name.key" -days 36500 -extfile "$name.ext" \
    -out "$name.pem" "$@" 2>/dev/null
}

# issue NAME ISSUER EXTENSIONS [OPTIONS]
issue() {
  name=$1 issuer=$2 extensions=$3
  shift 3
  [ -e "$name.key" ] || key "$name"
  printf '%s\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' "$extensions" >"$name.ext"
  openssl req -new -key "$name.key" -subj "/CN=${SUBJECT:-$name}" -out "$name.csr"
  openssl x509 -req -in "$name.csr" -CA "$issuer.pem" -CAkey "$issuer.key" -CAcreateserial \
    -days 36500 -extfile "$name.ext" -out "$name.pem" "$@" 2>/dev/null
}

root pinned 'Pinned authority' "$ca"
root other 'Other authority' "$ca"
root impostor 'Pinned authority' "$ca"
root self-signed reset.example.com "$server"

issue server pinned "$server"
issue server-of-other other "$server"
issue server-of-impostor impostor "$server"
issue server-by-address pinned "$(echo "$server" | sed 's/DNS:.*/IP:192.0.2.7/')"
issue server-wildcard pinned "$(echo "$server" | sed 's/DNS:.*/DNS:*.example.com/')"
SUBJECT=reset.example.com issue server-without-name pinned "$(echo "$server" | grep -v subjectAltName)"
issue server-without-purpose pinned "$(echo "$server" | grep -v extendedKeyUsage)"
issue client pinned "$(echo "$server" | sed 's/serverAuth/clientAuth/')"
issue server-that-is-authority pinned "$ca
extendedKeyUsage=serverAuth
subjectAltName=DNS:reset.example.com"
issue server-with-unknown-limit pinned "$server
1.2.3.4.5=critical,DER:0500"
issue server-sha1 pinned "$server" -sha1
openssl genrsa -out server-rsa-1024.key 1024 2>/dev/null
issue server-rsa-1024 pinned "$server"
openssl genrsa -out server-rsa-2048.key 2048 2>/dev/null
issue server-rsa-2048 pinned "$server"

issue intermediate pinned "$(echo "$ca" | sed 's/CA:TRUE/CA:TRUE,pathlen:0/')"
issue server-of-intermediate intermediate "$server"
issue too-deep intermediate "$ca"
issue server-too-deep too-deep "$server"
issue server-of-server server "$server"
issue constrained pinned "$ca
nameConstraints=critical,permitted;DNS:elsewhere.example"
issue server-of-constrained constrained "$server"
issue signs-but-no-authority pinned 'basicConstraints=critical,CA:FALSE
keyUsage=critical,keyCertSign'
issue server-of-no-authority signs-but-no-authority "$server"
issue client-authority pinned "$ca
extendedKeyUsage=clientAuth"
issue server-of-client-authority client-authority "$server"

rm -f "$here"/*.pem
cp ./*.pem "$here"
