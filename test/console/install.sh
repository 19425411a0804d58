#!/bin/bash
# Installs the browser of these tests from the archive of Debian 12: 110 MB to download, 350 MB on disk, besides its libraries.
set -euo pipefail

if [ -x /usr/bin/chromium ]; then
    echo 'chromium is already installed'
    exit 0
fi
[ "$(id -u)" = 0 ] || { echo "$0: needs root, to install packages" >&2; exit 1; }
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core > /dev/null < /dev/null
echo "installed chromium in $SECONDS s"
