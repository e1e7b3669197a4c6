namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Who serves from a folder, or puts a backup into it, is alone with it: an open file that nobody else may open. The system
/// closes it with the process, however that ends, so that nothing has to be cleared away after a crash. Verbs that a server
/// does not mind (an account, the audit, a backup) do not ask for it.
/// </summary>
internal sealed class FolderLock(StorageOptions storage) : IDisposable
{
    /// <summary>Stands in the folder while a restore changes names: half of one is nothing to start on.</summary>
    public const string Unfinished = "restore.unfinished";

    private FileStream? _held;

    /// <exception cref="StartRefused">Somebody has it.</exception>
    public void Take()
    {
        if (!TryTake())
            throw new StartRefused($"AlertDavao is already running on this folder: {storage.Path}");
    }

    /// <returns>False when somebody has it, this program included.</returns>
    /// <exception cref="StartRefused">Nobody can have it: the folder cannot be written.</exception>
    public bool TryTake()
    {
        if (_held is not null)
            return false;
        var path = Path.Combine(storage.Path, "running.lock");
        try
        {
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartRefused($"This file cannot be written: {path}");
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <exception cref="StartRefused">Somebody has it, or a restore has not come to its end.</exception>
    public void TakeToServe()
    {
        Take();
        if (File.Exists(Path.Combine(storage.Path, Unfinished)))
            throw new StartRefused($"A restore was not finished in {storage.Path}. Run it again: AlertDavao.Dashboard restore --from <folder of the backup>");
    }

    /// <summary>Others may have it again.</summary>
    public void Release()
    {
        _held?.Dispose();
        _held = null;
    }

    public void Dispose() => Release();
}
