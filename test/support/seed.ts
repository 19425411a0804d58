/** The rebuild of the legacy API guide with everything in it that legacy Nova took. */
export const seedRequest = (image: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<rebuild
    xmlns="http://docs.openstack.org/compute/api/v1.1"
    xmlns:OS-DCF="http://docs.openstack.org/compute/ext/disk_config/api/v1.1"
    name="foobar"
    imageRef="http://openstack.example.com/v1.1/32278/images/${image}"
    accessIPv4="1.2.3.4"
    accessIPv6="fe80::100"
    adminPass="seekr3t"
    OS-DCF:diskConfig="AUTO"
    preserve_ephemeral="false">
  <metadata>
    <meta key="My Server Name">Apache1</meta>
  </metadata>
  <personality>
    <file path="/etc/banner.txt">
        ICAgICAgDQoiQSBjbG91ZCBkb2VzIG5vdCBrbm93IHdoeSBp
        dCBtb3ZlcyBpbiBqdXN0IHN1Y2ggYSBkaXJlY3Rpb24gYW5k
        IGF0IHN1Y2ggYSBzcGVlZC4uLiINCg0KLVJpY2hhcmQgQmFj
        aA==
    </file>
  </personality>
</rebuild>
`;
