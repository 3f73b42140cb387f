using System.Numerics;

namespace WorkflowStudio.Engine.Model;

/// <summary>A set of small numbers: the steps of a graph by their index.</summary>
internal sealed class BitSet(int size)
{
    private readonly ulong[] words = new ulong[(size + 63) / 64];

    public bool this[int index] => (words[index >> 6] & (1UL << (index & 63))) != 0;

    /// <summary>Adds a member; false when it was one.</summary>
    public bool Add(int index)
    {
        var added = !this[index];
        words[index >> 6] |= 1UL << (index & 63);
        return added;
    }

    /// <summary>Adds all members of another set of the same size; false when they all were members.</summary>
    public bool Add(BitSet other)
    {
        var changed = 0UL;
        for (var i = 0; i < words.Length; i++)
        {
            changed |= other.words[i] & ~words[i];
            words[i] |= other.words[i];
        }
        return changed != 0;
    }

    /// <summary>Leaves only what another set of the same size has too; false when that changes nothing.</summary>
    public bool Keep(BitSet other)
    {
        var changed = 0UL;
        for (var i = 0; i < words.Length; i++)
        {
            changed |= words[i] & ~other.words[i];
            words[i] &= other.words[i];
        }
        return changed != 0;
    }

    /// <summary>Adds every number.</summary>
    public BitSet Fill()
    {
        Array.Fill(words, ulong.MaxValue);
        return this;
    }

    /// <summary>The members, smallest first.</summary>
    public IEnumerable<int> Members()
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1) yield return (i << 6) + BitOperations.TrailingZeroCount(word);
        }
    }
}
