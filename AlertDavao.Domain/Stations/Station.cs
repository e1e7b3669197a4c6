namespace AlertDavao.Domain.Stations;

/// <summary>A police station. Its code ("PS1", "CYBER") is its identity everywhere, also outside: row ids never leave.</summary>
public sealed class Station
{
    private Station() { }

    public Station(string code, string name, string shortName)
    {
        Code = code;
        Name = name;
        ShortName = shortName;
    }

    /// <summary>PS1..PS20 without PS14, and CYBER.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string ShortName { get; private set; } = "";

    public string? Address { get; init; }

    /// <summary>Degrees WGS84; the Cybercrime Division has no place.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Public office numbers, separated by a comma.</summary>
    public string? ContactNumbers { get; init; }
}
