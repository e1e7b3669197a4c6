namespace AlertDavao.Dashboard.Data;

/// <summary>A step of the city's plan: waiting to be published, or of a version that is.</summary>
internal sealed class PlanStep
{
    /// <summary>UUIDv7: steps are applied in the order of their ids.</summary>
    public required Guid Id { get; init; }

    /// <summary>A <see cref="Domain.Stations.CityChange"/> as JSON.</summary>
    public required string Change { get; init; }

    /// <summary>The officer who planned it.</summary>
    public required Guid By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The version of the boundaries that it became a part of; null while it is planned.</summary>
    public string? PublishedIn { get; set; }
}

/// <summary>A version of the boundaries that the city desk published.</summary>
internal sealed class BoundaryEdition
{
    /// <summary>Day on Manila's clock and a number of that day, e.g. <c>2026-11-26/1</c>.</summary>
    public required string Version { get; init; }

    public required Guid By { get; init; }

    public required DateTimeOffset At { get; init; }
}
