#!/bin/sh
# A session in XML with nothing but curl and sed, as scripts of 2012 had it:  session.sh IDENTITY IMAGE NETWORK REBUILD
# with the account in OS_USERNAME, OS_PASSWORD and OS_TENANT_NAME. All else comes from the answers. It prints each step's result.
set -eu
identity=$1 image=$2 network=$3 rebuild=$4
compute='http://docs.openstack.org/compute/api/v1.1'

# attribute ELEMENT NAME: the attribute of the first such element in the document on stdin.
attribute() {
    tr '\n' ' ' | sed 's/> *</>\n</g' | sed -n "s/^<$1\( .*\)\{0,1\} $2=\"\([^\"]*\)\".*/\2/p" | sed -n 1p
}

login=$(curl -sSf -H 'Content-Type: application/xml' -H 'Accept: application/xml' "$identity/v2.0/tokens" -d "
<auth xmlns=\"http://docs.openstack.org/identity/api/v2.0\" tenantName=\"$OS_TENANT_NAME\">
  <passwordCredentials username=\"$OS_USERNAME\" password=\"$OS_PASSWORD\"/>
</auth>")
token=$(printf %s "$login" | attribute token id)
url=$(printf %s "$login" | tr '\n' ' ' | sed 's/<service /\n&/g' | grep 'type="compute"' | attribute endpoint publicURL)
echo "compute $url"

# ask PATH [BODY]: GET, or POST of XML; the answer is XML.
ask() {
    if [ $# = 1 ]; then set -- "$1"; else set -- "$1" -H 'Content-Type: application/xml' -d "$2"; fi
    path=$1
    shift
    curl -sSf -H "X-Auth-Token: $token" -H 'Accept: application/xml' "$@" "$url$path"
}

# settled ID STEP: wait for the end of what the server is doing.
settled() {
    tries=0
    while [ "$tries" -lt 300 ]; do
        server=$(ask "/servers/$1")
        status=$(printf %s "$server" | attribute server status)
        case $status in BUILD | REBUILD) ;; *) break ;; esac
        tries=$((tries + 1))
        sleep 0.2
    done
    echo "$2 $status $(printf %s "$server" | attribute image id)"
}

echo "listed $(ask /servers | grep -o '<server ' | wc -l)"
id=$(ask /servers "<server xmlns=\"$compute\" name=\"shell\" imageRef=\"$image\" flavorRef=\"1\">
  <networks><network uuid=\"$network\"/></networks></server>" | attribute server id)
settled "$id" booted
answer=$(ask "/servers/$id/action" "<rebuild xmlns=\"$compute\" imageRef=\"$rebuild\" name=\"rebuilt\"/>")
echo "answered $(printf %s "$answer" | attribute server status)"
settled "$id" rebuilt
curl -sSf -X DELETE -H "X-Auth-Token: $token" "$url/servers/$id"
echo "revoked $(curl -sS -o /dev/null -w '%{http_code}' -X DELETE -H "X-Auth-Token: $token" "$identity/v2.0/tokens/$token")"
echo "after $(curl -sS -o /dev/null -w '%{http_code}' -H "X-Auth-Token: $token" "$identity/v2.0/tenants")"
