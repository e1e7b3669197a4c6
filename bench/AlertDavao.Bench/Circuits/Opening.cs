namespace AlertDavao.Bench.Circuits;

/// <summary>What a circuit waits for while it starts; dropped when it runs, so that an open one stays small.</summary>
internal sealed class Opening
{
    // The reader completes these; what follows must not run on it, or the next message would wait.
    public TaskCompletionSource Shaken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<string> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Attached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Fail(string reason)
    {
        Shaken.TrySetException(new BenchException(reason));
        Started.TrySetException(new BenchException(reason));
        Attached.TrySetException(new BenchException(reason));
    }
}
