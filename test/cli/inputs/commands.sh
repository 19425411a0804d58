$ curl -i -H "X-Auth-Token: canary-token" -H 'Content-Type: application/xml' \
  --data '<rebuild imageRef="70a599e0-31e7-49b7-b260-868f441e862b" name="it'\''s" adminPass="canary-password"/>' \
  http://compute.example.org:8774/v2/6f70656e737461636b20342065766572/servers/ea681a24-9b24-4f49-98ef-8e1f73acf19e/action
$ curl -sS -XGET -o /dev/null 'http://compute.example.org:8774/v2/6f70656e737461636b20342065766572/servers?limit=1' -H'Accept: application/xml'
LOGIN=$(curl -s -d $'{"auth": {"tenantName": "demo", "passwordCredentials":\n {"username": "demo", "password": "canary"}}}' -H "Content-Type: application/json" http://compute.example.org:8774/v2.0/tokens)
