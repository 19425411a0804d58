#!/usr/bin/ruby
# Debian's fog-openstack, which logs in by itself with Identity v2.0:
# fog_login.rb  <  {"identity", "user", "password", "project", "network", "image", "rebuild"}
#
# It lists, boots, rebuilds, polls and deletes, and lists its tenants. One line of JSON has the results.
require 'json'
require 'fog/openstack'

given = JSON.parse($stdin.read)

def account(given, password)
  { openstack_auth_url: given['identity'], openstack_username: given['user'], openstack_api_key: password,
    openstack_tenant: given['project'], openstack_region: 'RegionOne', openstack_identity_api_version: 'v2.0' }
end

def refusal(given)
  Fog::OpenStack::Compute.new(account(given, 'wrong'))
  nil
rescue Excon::Error::Unauthorized => error
  error.response.status
end

nova = Fog::OpenStack::Compute.new(account(given, given['password']))
told = { servers: nova.servers.map(&:name).sort, flavors: nova.flavors.map(&:name).sort }
server = nova.servers.create(name: 'fog', image_ref: given['image'], flavor_ref: '1',
                             nics: [{ net_id: given['network'] }])
server.wait_for(60, 0.2) { ready? }
server.rebuild(given['rebuild'], 'rebuilt', 'secret', { 'by' => 'fog' },
               [{ 'path' => '/etc/banner.txt', 'contents' => 'aGVsbG8K' }])
told[:rebuilding] = server.reload.state
server.wait_for(60, 0.2) { ready? }
told[:rebuilt] = [server.name, server.image['id']]
server.destroy
# The server's own wait_for ends only while the server is there.
Fog.wait_for(60, 0.2) { nova.servers.get(server.id).nil? }
told[:tenants] = Fog::OpenStack::Identity.new(account(given, given['password'])).tenants.map(&:name)
told[:refused] = refusal(given)
puts JSON.generate(told)
