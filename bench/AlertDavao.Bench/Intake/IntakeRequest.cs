using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AlertDavao.Bench.Commands;

namespace AlertDavao.Bench.Intake;

/// <summary>
/// One incident as the bytes of its request, built before anything is timed. From one post to the next only a number in it
/// differs: in the idempotency key and, where there is one, in the photo, so that no two files are the same.
/// </summary>
internal sealed class IntakeRequest
{
    private const int Digits = 9;
    private const string Boundary = "----alertdavao-bench-7MA4YWxkTrZu0gW";

    private static readonly byte[] Photo = Resource("evidence.jpg");

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly List<int> _numbers = [];

    public IntakeRequest(Incident incident, string authority, string key, string run, bool withEvidence)
    {
        Station = incident.Station;
        Answer = incident.Station == Incident.CityDesk ? "\"station_id\":null"u8.ToArray() : Encoding.ASCII.GetBytes($"\"station_id\":\"{incident.Station}\"");
        var body = withEvidence ? Form(incident) : null;
        Write($"POST /api/reports HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: bench-{run}-");
        WriteNumber();
        var type = body is null ? "application/json" : $"multipart/form-data; boundary={Boundary}";
        Write($"\r\nContent-Type: {type}\r\nContent-Length: {body?.Length ?? incident.Body.Length}\r\n\r\n");
        if (body is not null)
            _numbers.AddRange(body._numbers.Select(at => at + Length));
        _bytes.Write(body is null ? incident.Body : body._bytes.WrittenSpan);
    }

    private IntakeRequest() => (Station, Answer) = ("", []);

    public string Station { get; }

    /// <summary>Stands in the answer when the server routes it as the incident says.</summary>
    public byte[] Answer { get; }

    public int Length => _bytes.WrittenCount;

    public void CopyTo(Span<byte> buffer, int number)
    {
        _bytes.WrittenSpan.CopyTo(buffer);
        foreach (var at in _numbers)
            number.TryFormat(buffer[at..], out _, "D9", CultureInfo.InvariantCulture);
    }

    private static IntakeRequest Form(Incident incident)
    {
        var form = new IntakeRequest();
        foreach (var (name, value) in JsonNode.Parse(incident.Body)!.AsObject())
            form.Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{(value is JsonArray ? value.ToJsonString() : $"{value}")}\r\n");
        form.Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
        // A comment behind the first marker: two bytes of marker, two of length (its own included), the number.
        form._bytes.Write(Photo.AsSpan(0, 2));
        form._bytes.Write<byte>([0xFF, 0xFE, 0, Digits + 2]);
        form.WriteNumber();
        form._bytes.Write(Photo.AsSpan(2));
        form.Write($"\r\n--{Boundary}--\r\n");
        return form;
    }

    private void Write(FormattableString text) => _bytes.Write(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    private void WriteNumber()
    {
        _numbers.Add(_bytes.WrittenCount);
        _bytes.Write(new byte[Digits]);
    }

    private static byte[] Resource(string name)
    {
        using var file = typeof(IntakeRequest).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
