using System.Diagnostics.CodeAnalysis;

namespace WorkflowStudio.Limits;

/// <summary>Places that are taken for a while, and how many more may be: in all, and a quarter of them by one owner.</summary>
/// <param name="most">How many there are.</param>
internal class OpenPlaces(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> owners = [];
    private int open;

    /// <summary>How many one owner may have.</summary>
    public int MostOfOne { get; } = Math.Max(1, most / 4);

    /// <summary>Takes a place until it is disposed of.</summary>
    public bool TryOpen(Guid owner, [NotNullWhen(true)] out IDisposable? place)
    {
        place = null;
        lock (gate)
        {
            var own = owners.GetValueOrDefault(owner);
            if (open >= most || own >= MostOfOne) return false;
            (open, owners[owner]) = (open + 1, own + 1);
        }

        place = new Place(this, owner);
        return true;
    }

    private void Close(Guid owner)
    {
        lock (gate)
        {
            open--;
            if (--owners[owner] == 0) owners.Remove(owner);
        }
    }

    private sealed class Place(OpenPlaces places, Guid owner) : IDisposable
    {
        private bool closed;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref closed, true)) places.Close(owner);
        }
    }
}
