#!/bin/sh
# Makes the certificates of the TLS tests again: an authority, and servers and a client that it signed. They protect nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
: > index.txt
echo 01 > serial
cat > ca.cnf <<'CONFIG'
[ca]
default_ca = test
[test]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
CONFIG
issue() { # name, extension, first day, last day, further options
  name=$1 extension=$2 first=$3 last=$4
  shift 4
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key"
  openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
  echo "$extension" > "$name.ext"
  openssl ca -batch -notext -config ca.cnf -extfile "$name.ext" -startdate "$first" -enddate "$last" -in "$name.csr" -out "$name.crt" "$@"
}
issue ca "basicConstraints=critical,CA:TRUE" 20200101000000Z 21200101000000Z -selfsign -keyfile ca.key
cp ca.crt "$here/ca.pem"
for each in "server IP:127.0.0.1 2120" "expired IP:127.0.0.1 2021" "elsewhere DNS:elsewhere.example 2120" "client DNS:client.example 2120"; do
  set -- $each
  issue "$1" "subjectAltName=$2" 20200101000000Z "${3}0101000000Z" -cert ca.crt -keyfile ca.key
  cat "$1.crt" "$1.key" > "$here/$1.pem"
done
rm -r "$work"
