#!/bin/bash
# Installs what serve.py needs, from Debian 12's own archive:  install.sh [core|keystone]   (default: keystone)
#
#   core      for serve.py --auth noauth: about 70 MB to download, 650 MB on disk
#   keystone  and for --auth keystone and --glance real: about 90 MB to download, 1.1 GB on disk;
#             and the PostgreSQL of test/ledger/, which the tests start themselves: 17 MB more, 60 MB on disk
set -euo pipefail

what=${1:-keystone}
etc=$(cd "$(dirname "$0")" && pwd)/etc
packages=(python3-nova python3-placement python3-wsgi-intercept)
# Debian ships the paste files in packages with much else, so they are taken out of those without installing them.
pastes=(nova:api-paste.ini)
case $what in
    core) ;;
    keystone)
        packages+=(python3-keystone python3-glance python3-libcloud python3-openstacksdk ruby-fog-openstack postgresql)
        pastes+=(glance:glance-api-paste.ini)
        ;;
    *) echo "usage: $0 [core|keystone]" >&2; exit 2 ;;
esac

system=$(. /etc/os-release 2>/dev/null && echo "${ID-} ${VERSION_ID-}") || true
[ "$system" = 'debian 12' ] || { echo "$0: needs Debian 12; this is ${system:-something else}" >&2; exit 1; }

complete() {
    local package paste
    for package in "${packages[@]}"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
    done
    for paste in "${pastes[@]}"; do
        [ -s "$etc/${paste#*:}" ] || return 1
    done
}
if complete; then
    echo "already installed ($what)"
    exit 0
fi

[ "$(id -u)" = 0 ] || { echo "$0: needs root, to install packages" >&2; exit 1; }

work=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
made_policy=
finish() {
    local status=$?
    [ $status = 0 ] || tail -20 "$work/log" >&2
    [ -z "$made_policy" ] || rm -f $policy
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# Debian asks this file before a package may start a service of its own.
if [ ! -e $policy ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod 755 $policy
fi

# postgresql-common reads this before it creates a cluster of its own, which no test needs.
cluster=/etc/postgresql-common/createcluster.d/gateway-tests.conf
[ "$what" = core ] || { mkdir -p "${cluster%/*}"; echo 'create_main_cluster = false' > $cluster; }

export DEBIAN_FRONTEND=noninteractive
# A subshell: with braces, finish() would write into the log as well.
(
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}"
    mkdir -p "$etc"
    for paste in "${pastes[@]}"; do
        package=${paste%:*}-common
        (cd "$work" && apt-get -o APT::Sandbox::User=root download -qq "$package")
        dpkg-deb --fsys-tarfile "$work/$package"_*.deb | tar -xO "./usr/share/$package/${paste#*:}" > "$work/paste"
        mv "$work/paste" "$etc/${paste#*:}"
    done
) > "$work/log" 2>&1 < /dev/null

echo "installed ($what) in $SECONDS s: $(dpkg-query -W -f='${Package} ${Version}' python3-nova)"
