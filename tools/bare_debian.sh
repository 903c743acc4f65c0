#!/usr/bin/env bash
# bare_debian.sh FOLDER: a bare Debian in FOLDER, made without network of what this machine has: the files of the packages
# that every Debian must have (essential, required, and what those depend on) and of no other. Prints how many.
set -euo pipefail
place=$1
[ -r /etc/debian_version ] || { echo "bare_debian: this machine is no Debian, so none can be made of it" >&2; exit 1; }

packages=$(python3 - <<'PYTHON'
import re, subprocess
fields = "${binary:Package}\t${Package}\t${Essential}\t${Priority}\t${Provides}\t${Pre-Depends}, ${Depends}\n"
rows = [line.split("\t") for line in subprocess.check_output(["dpkg-query", "-W", "-f", fields], text=True).splitlines()]
by_name = {}
for row in rows:
    for name in [row[1], *re.findall(r"[a-z0-9][a-z0-9+.-]+", row[4])]:
        by_name.setdefault(name, row)
wanted, found = [row for row in rows if row[2] == "yes" or row[3] == "required"], {}
while wanted:
    row = wanted.pop()
    if row[0] in found:
        continue
    found[row[0]] = True
    for alternatives in row[5].split(","):
        names = [re.split(r"[ :(]", one.strip())[0] for one in alternatives.split("|")]
        wanted += [by_name[name] for name in names if name in by_name][:1]
print(" ".join(sorted(found)))
PYTHON
)
mkdir -p "$place"/{usr/{bin,sbin,lib,lib64},proc,sys,dev,tmp,srv,run,root,opt,etc,var/lib}
for part in bin sbin lib lib64; do ln -sfn "usr/$part" "$place/$part"; done
# shellcheck disable=SC2086 # one word is one package
dpkg-query -L $packages | sort -u | grep -vE '^/usr/share/(doc|man|locale|info)/|^/(proc|sys|dev|run|tmp)/' |
  while read -r path; do if [ -e "$path" ] && [ ! -d "$path" ]; then printf '%s\n' "${path#/}"; fi; done |
  tar -C / --no-recursion -cf - -T - | tar -C "$place" --keep-directory-symlink -xf -
# What the packages' own scripts would have made.
cp -a /etc/{passwd,group,debian_version} "$place/etc/"
(cd / && find etc/alternatives -type l) | while read -r link; do
  target=$(readlink "/$link")
  [ -e "$place$target" ] || continue
  mkdir -p "$place/etc/alternatives" && cp -P "/$link" "$place/$link"
  ln -sfn "/$link" "$place/usr/bin/${link##*/}"
done
echo "$packages" | wc -w
