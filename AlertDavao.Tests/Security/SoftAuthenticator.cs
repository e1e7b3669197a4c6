using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Tests.Security;

/// <summary>A device with one passkey (ES256, no attestation), as WebAuthn level 3 has it answer.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _owner = "";
    private uint _count;

    /// <summary>Some devices count their signatures, and some say 0 for ever.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Whether it has asked for a finger or a PIN.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>Answers to questions for this account instead of the one it was made for.</summary>
    public string? Claims { get; set; }

    public string Id => WebEncoders.Base64UrlEncode(_id);

    public string Create(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        _owner = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var data = Data(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, HasCredential, [.. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()]);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Credential(new
        {
            clientDataJSON = WebEncoders.Base64UrlEncode(ClientData("webauthn.create", asked, origin)),
            attestationObject = WebEncoders.Base64UrlEncode(attestation.Encode()),
            transports = new[] { "internal" },
        });
    }

    public string Get(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", asked, origin);
        var data = Data(asked.RootElement.GetProperty("rpId").GetString()!, 0, []);
        return Credential(new
        {
            clientDataJSON = WebEncoders.Base64UrlEncode(client),
            authenticatorData = WebEncoders.Base64UrlEncode(data),
            signature = WebEncoders.Base64UrlEncode(
                _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = Claims ?? _owner,
        });
    }

    public void Dispose() => _key.Dispose();

    private static byte[] ClientData(string type, JsonDocument asked, string origin)
        => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    private string Credential(object response)
        => JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", clientExtensionResults = new { }, response });

    private byte[] Data(string domain, byte flags, byte[] credential)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counts ? ++_count : 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. count, .. credential];
    }

    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        key.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            key.WriteInt32(label);
            key.WriteInt32(value);
        }

        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        return key.Encode();
    }
}
