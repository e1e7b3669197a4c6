using System.Text.Json.Serialization;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Domain.Stations;

/// <summary>One step of a plan of who serves which ground. A step says what it wants, not what there is: it is applied to what is in force then.</summary>
[JsonDerivedType(typeof(SetStation), "station")]
[JsonDerivedType(typeof(GiveBarangays), "mapping")]
[JsonDerivedType(typeof(MoveGround), "ground")]
public abstract record CityChange;

/// <summary>A station is added, or one there is is called and found otherwise.</summary>
/// <param name="Code"><c>PS1</c> to <c>PS99</c>, or one there is.</param>
/// <param name="Latitude">Degrees; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="ContactNumbers">Public office numbers, separated by a comma.</param>
public sealed record SetStation(
    string Code, string Name, string ShortName, string? Address, double? Latitude, double? Longitude, string? ContactNumbers) : CityChange;

/// <summary>Barangays are a station's from then on.</summary>
/// <param name="Psgcs">At least one, each once.</param>
public sealed record GiveBarangays(string Station, IReadOnlyList<string> Psgcs) : CityChange;

/// <summary>A piece of ground becomes a barangay's, whoever had it: the border moves, and no gap and no overlap comes of it.</summary>
/// <param name="Corners">In order; <see cref="Ground.MinCorners"/> to <see cref="Ground.MaxCorners"/>.</param>
public sealed record MoveGround(string Psgc, IReadOnlyList<GeoPoint> Corners) : CityChange;
