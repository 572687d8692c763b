"""Pages for anybody who comes in, for those who welcome, and about one young person."""
