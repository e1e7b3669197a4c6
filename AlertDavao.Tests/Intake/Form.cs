using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AlertDavao.Tests.Intake;

/// <summary>A multipart/form-data body byte by byte, as a phone's library writes it or as no decent library would.</summary>
internal sealed class Form
{
    public const string Boundary = "7f3b2c1e-5a7d-4c7e-9d55-0b3f4f1f2a11";

    private readonly List<byte[]> _bytes = [];

    /// <summary>The fields of a report as text, the list as JSON.</summary>
    public static Form Of(Dictionary<string, object?> report)
    {
        var form = new Form();
        foreach (var (name, value) in report.Where(field => field.Value is not null))
            form.Field(name, value as string ?? JsonSerializer.Serialize(value));
        return form;
    }

    public static Form Of(string title, params byte[][] files)
    {
        var form = Of(A.Report(title));
        foreach (var file in files)
            form.File(file);
        return form;
    }

    public Form Field(string name, string text) => Part($"content-disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(text));

    public Form File(byte[] bytes, string? fileName = "photo.jpg", string type = "image/jpeg", string name = "media")
        => Part(
            $"content-disposition: form-data; name=\"{name}\"{(fileName is null ? "" : $"; filename=\"{fileName}\"")}\r\ncontent-type: {type}", bytes);

    /// <summary>A part with these header lines.</summary>
    public Form Part(string headers, byte[] body) => Raw($"--{Boundary}\r\n{headers}\r\n\r\n").Raw(body).Raw("\r\n");

    public Form Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    public Form Raw(byte[] bytes)
    {
        _bytes.Add(bytes);
        return this;
    }

    public byte[] Bytes()
    {
        using var whole = new MemoryStream();
        foreach (var bytes in _bytes)
            whole.Write(bytes);
        return whole.ToArray();
    }

    public byte[] Ended() => Raw($"--{Boundary}--\r\n").Bytes();

    public HttpContent Content() => Content(Ended());

    public static HttpContent Content(byte[] body, string type = "multipart/form-data; boundary=" + Boundary)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    /// <summary>The head of a request that carries such a body.</summary>
    public static byte[] Head(params string[] more) => RawHttp.Head("POST", Changes.Reports,
        ["Authorization: Bearer demo-intake-key-0123456789abcdef", $"Content-Type: multipart/form-data; boundary={Boundary}", .. more]);

    public static byte[] Chunk(byte[] bytes)
        => [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8];
}
