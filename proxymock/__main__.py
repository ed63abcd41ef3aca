"""``python -m proxymock`` is ``proxymock-server``."""

from proxymock.server import main

if __name__ == "__main__":
    main()
